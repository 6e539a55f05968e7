import { address } from "./call";
import { Problem, type ProblemBody } from "./problem";
import type { Attachment } from "./types";

/** The server takes no larger file; said before a minute is lost on sending it. */
export const LARGEST_FILE = 25 * 1024 * 1024;

/**
 * Sends one file, telling how far it is (0 to 1). XMLHttpRequest, since fetch
 * cannot tell the progress of what it sends.
 */
export function uploadFile(file: File, onProgress?: (done: number) => void): Promise<Attachment> {
  return send<Attachment>("/attachments", file, onProgress);
}

/** The same for a picture that stands in the text; inline is false in the answer where it cannot. */
export function uploadPicture(file: File): Promise<Attachment> {
  return send<Attachment>("/attachments?inline=true", file);
}

/** Above it a file goes as a link rather than with the mail. */
export const LARGEST_ATTACHED = 10 * 1024 * 1024;

/** The logo of a shop that doesn't exist yet; set-up names it by the token. */
export function uploadFirstLogo(file: File): Promise<{ token: string }> {
  return send<{ token: string }>("/setup/logo", file);
}

function send<T>(path: string, file: File, onProgress?: (done: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.set("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", address(path));
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total ? loaded / total : 0);
    request.onerror = () => reject(new TypeError("network"));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(new Problem(request.status, body(request.responseText)));
    };
    request.send(form);
  });
}

function body(text: string): ProblemBody {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
