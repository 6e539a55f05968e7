import { Node } from "@tiptap/core";

interface PictureOptions {
  /** Where a picture of this text is shown from; "" while it isn't known. */
  urlOf: (cid: string) => string;
}

/**
 * A picture within the text, named by its Content-ID (RFC 2392) as the mail will
 * name it. The address that shows it here never gets into the text.
 */
export const Picture = Node.create<PictureOptions>({
  name: "picture",
  group: "inline",
  inline: true,
  draggable: true,
  addOptions: () => ({ urlOf: () => "" }),
  addAttributes: () => ({ cid: { default: "" }, alt: { default: "" } }),
  parseHTML() {
    return [
      {
        tag: "img[src]",
        getAttrs: (element) => {
          const src = element.getAttribute("src") ?? "";
          return src.startsWith("cid:")
            ? { cid: src.slice(4), alt: element.getAttribute("alt") ?? "" }
            : false;
        },
      },
    ];
  },
  renderHTML: ({ node }) => ["img", { src: `cid:${node.attrs.cid}`, alt: node.attrs.alt }],
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("img");
      dom.alt = node.attrs.alt;
      const url = this.options.urlOf(node.attrs.cid);
      if (url) dom.src = url;
      return { dom };
    };
  },
});
