// Speaks the sandbox's JSON over HTTP; every refusal becomes one kind of error.

/** A request that the sandbox answered with a refusal, or did not answer. */
export class Refused extends Error {
  constructor(reason, status = 0) {
    super(reason);
    this.status = status;
  }
}

async function call(path, body) {
  const json = { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const options =
    body === undefined ? {} : { method: "POST", ...(body instanceof FormData ? { body } : json) };
  const response = await fetch(`/sandbox/${path}`, options).catch(() => {
    throw new Refused("The sandbox does not answer.");
  });
  const text = await response.text();
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch {
    if (response.ok) throw new Refused("The sandbox answered something that is no JSON.");
  }
  if (response.ok) return data;
  throw new Refused(
    data?.reason ?? data?.description ?? `The sandbox refused (${response.status}).`,
    response.status,
  );
}

export const people = () => call("people");
export const addPerson = (first_name, language_code) =>
  call("people", language_code ? { first_name, language_code } : { first_name });
export const clock = () => call("clock");
export const setOffset = (offset) => call("clock", { offset });
export const advance = (seconds) => call("clock", { advance: seconds });
export const jump = () => call("jump", {});
export const fresh = () => call("fresh", {});
export const fileUrl = (fileId) => `/sandbox/file/${encodeURIComponent(fileId)}`;
export const eventsUrl = (person) => `/sandbox/events?person=${encodeURIComponent(person)}`;

/** What one person can do in their chat. */
export function chatOf(person) {
  const at = `chat/${encodeURIComponent(person)}`;
  return {
    load: () => call(at),
    send: (text, replyTo) => call(`${at}/send`, replyTo ? { text, reply_to: replyTo } : { text }),
    location: (latitude, longitude) => call(`${at}/location`, { latitude, longitude }),
    tap: (message_id, data) => call(`${at}/tap`, { message_id, data }),
    inline: (query, offset) => call(`${at}/inline`, { query, offset }),
    choose: (inline_query_id, result_id, reply_to) =>
      call(`${at}/choose`, { inline_query_id, result_id, reply_to }),
    photo: () => call(`${at}/photo`, {}),
    document: (file) => {
      const form = new FormData();
      form.append("document", file);
      return call(`${at}/document`, form);
    },
    sticker: () => call(`${at}/sticker`, {}),
    voice: () => call(`${at}/voice`, {}),
    block: (blocked) => call(`${at}/block`, { blocked }),
    voices: (refused) => call(`${at}/voices`, { refused }),
  };
}
