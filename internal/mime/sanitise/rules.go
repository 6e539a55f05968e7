package sanitise

import "github.com/microcosm-cc/bluemonday"

// rules are the lists of one kind of HTML: elements with their attributes, and
// attributes that any element may have.
type rules struct {
	elements   map[string][]string
	everywhere []string
	renamed    map[string]string // elements that become another, so that their lines stay apart
	styles     bool
	linkRel    bool // links open elsewhere and give nothing away
	pictures   bool // http(s) and data: pictures, beside cid:
	wall       *bluemonday.Policy
}

// mailRules let a customer's mail keep its look: tables, fonts and colours,
// since newsletters and order mails are unreadable without.
var mailRules = func() rules {
	table := []string{"width", "height", "align", "valign", "bgcolor", "border", "cellpadding", "cellspacing", "background", "data-blocked"}
	cell := append([]string{"colspan", "rowspan", "nowrap", "scope"}, table...)
	r := rules{
		styles: true, linkRel: true, pictures: true,
		// No id, class or name: without a style sheet they do nothing, and a
		// named element shadows the page's own (DOM clobbering).
		everywhere: []string{"style", "dir", "lang", "title", "align", "role", "aria-label"},
		renamed: map[string]string{
			"form": "div", "fieldset": "div", "legend": "div", "details": "div", "summary": "div", "label": "span", "textarea": "pre", "marquee": "div", "dir": "ul", "menu": "ul", "listing": "pre",
		},
		elements: map[string][]string{
			"a": {"href", "rel", "target"}, "img": {"src", "srcset", "alt", "width", "height", "border", "hspace", "vspace", "data-blocked"},
			"table": table, "tbody": table, "thead": table, "tfoot": table, "tr": table, "td": cell, "th": cell,
			"caption": nil, "col": {"width", "span"}, "colgroup": {"width", "span"},
			"font": {"color", "face", "size"}, "hr": {"width", "size", "color", "noshade"}, "br": {"clear"},
			"ol": {"start", "type"}, "ul": {"type"}, "li": {"value", "type"},
			"blockquote": {"type"}, "div": {"data-blocked"}, "span": {"data-blocked"}, "p": {"data-blocked"},
		},
	}
	for _, name := range []string{
		"b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "small", "big", "tt", "code", "pre", "kbd", "samp", "var", "cite", "q", "abbr", "acronym", "mark", "time", "wbr",
		"h1", "h2", "h3", "h4", "h5", "h6", "center", "address", "section", "article", "header", "footer", "main", "nav", "aside", "figure", "figcaption", "dl", "dt", "dd", "bdo", "bdi",
	} {
		r.elements[name] = nil
	}
	r.wall = secondWall(&r)
	return r
}()

// authorRules are what the composer can write.
var authorRules = func() rules {
	r := rules{
		elements: map[string][]string{"a": {"href"}, "img": {"src", "alt", "width", "height"}},
		renamed:  map[string]string{"div": "p", "pre": "p", "tr": "p", "h1": "h3", "h2": "h3", "h4": "h3", "h5": "h3", "h6": "h3", "del": "s", "strike": "s", "ins": "u"},
	}
	for _, name := range []string{"p", "br", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "blockquote", "h3"} {
		r.elements[name] = nil
	}
	r.wall = secondWall(&r)
	return r
}()

// dropped elements go with all that is in them; every other element that is
// not on a list goes and leaves its content.
var dropped = map[string]bool{
	"script": true, "style": true, "head": true, "title": true, "meta": true, "base": true, "link": true, "template": true, "noscript": true,
	"iframe": true, "frame": true, "frameset": true, "noframes": true, "object": true, "embed": true, "applet": true, "param": true, "portal": true,
	"svg": true, "math": true, "canvas": true, "video": true, "audio": true, "source": true, "track": true, "bgsound": true, "map": true, "area": true,
	"input": true, "select": true, "button": true, "datalist": true, "output": true, "dialog": true, "noembed": true, "xmp": true, "plaintext": true, "slot": true,
}

// loads are the attributes by which an element fetches something by itself.
var loads = map[string]bool{
	"src": true, "srcset": true, "background": true, "poster": true, "data": true, "lowsrc": true, "dynsrc": true, "imagesrcset": true, "xlink:href": true,
}
