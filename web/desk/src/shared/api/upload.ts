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
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.set("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", address("/attachments"));
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
