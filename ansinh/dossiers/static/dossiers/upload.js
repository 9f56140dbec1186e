// Files go up in parts. What came stays on the server: after a cut, a reload or another day the same file goes on from there.
const PART = 2 * 2 ** 20;
const LONGEST_WAIT = 30;
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

// The same check as the server's, and one that works where the browser offers no cryptography (plain http in the office).
function digest(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

const bytesOf = async (file, from) => new Uint8Array(await file.slice(from, from + PART).arrayBuffer());

class Panel {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.list = document.getElementById(form.dataset.list);
    this.waiting = [];
    this.isBusy = this.isPaused = false;
    this.input = form.querySelector("input[type=file]");
    this.pause = form.querySelector("[data-pause]");
    form.querySelector("[data-plain]").hidden = true;
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    this.pause.addEventListener("click", () => this.turn());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => { event.preventDefault(); this.add([...event.dataTransfer.files]); });
    window.addEventListener("online", () => this.wake?.());
  }

  add(files) {
    this.input.value = "";
    this.waiting.push(...files.map((file) => ({ file, line: this.lineFor(file) })));
    this.run();
  }

  lineFor(file) {
    const line = document.getElementById(this.words.line).content.firstElementChild.cloneNode(true);
    line.querySelector("[data-name]").textContent = file.name;
    line.querySelector("progress").max = file.size || 1;
    line.querySelector("progress").setAttribute("aria-label", file.name);
    this.list.append(line);
    return line;
  }

  tell(line, words, received) {
    line.querySelector("[data-state]").textContent = words;
    if (received !== undefined) line.querySelector("progress").value = received;
  }

  turn() {
    this.isPaused = !this.isPaused;
    this.pause.textContent = this.isPaused ? this.words.goOn : this.words.pause;
    this.pause.setAttribute("aria-pressed", String(this.isPaused));
    this.current?.abort();
    this.wake?.();
  }

  async run() {
    if (this.isBusy) return;
    this.isBusy = true;
    this.pause.hidden = false;
    while (this.waiting.length) {
      const { file, line } = this.waiting.shift();
      await this.send(file, line);
    }
    this.pause.hidden = true;
    this.isBusy = false;
    window.htmx?.ajax("GET", location.pathname, { target: "#tep", select: "#tep", swap: "outerHTML" });
  }

  // One file to its end; every cut begins with the question how much came.
  async send(file, line) {
    let first;
    try {
      first = digest(await bytesOf(file, 0));
    } catch {
      return this.tell(line, this.words.gone);
    }
    for (let cuts = 0; ;) {
      await this.resumed(line);
      try {
        const begun = await this.ask(this.words.upload, new URLSearchParams({ name: file.name, size: file.size, digest: first }));
        if (await this.parts(file, line, begun)) return;
        cuts = 0;
      } catch (fault) {
        if (fault.words && !fault.mayPass) return this.tell(line, fault.words);
        if (this.isPaused) continue;
        cuts += 1;
        await this.wait(line, fault.words || this.words.cut, Math.min(2 ** (cuts - 1), LONGEST_WAIT));
      }
    }
  }

  async parts(file, line, begun) {
    let { received, address } = begun;
    while (received < file.size) {
      this.tell(line, this.share(received, file.size), received);
      if (this.isPaused) return false;
      let part;
      try {
        part = await bytesOf(file, received);
      } catch {
        throw { words: this.words.gone };
      }
      received = (await this.ask(address, part, received)).received;
    }
    this.tell(line, begun.isDone ? this.words.known : this.words.done, file.size);
    return true;
  }

  async ask(address, body, offset) {
    this.current = new AbortController();
    const headers = { "X-CSRFToken": this.form.querySelector("[name=csrfmiddlewaretoken]").value, "X-Upload": "1" };
    if (offset !== undefined) Object.assign(headers, { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset) });
    const answer = await fetch(address, { method: "POST", body, headers, signal: this.current.signal, redirect: "manual" });
    if (answer.type === "opaqueredirect") throw { words: this.words.signedOut };
    const received = Number(answer.headers.get("Upload-Offset"));
    if (answer.ok || (answer.status === 409 && offset !== undefined && answer.headers.has("Upload-Offset"))) {
      return { received, address: answer.headers.get("Location"), isDone: answer.headers.has("Upload-Known") };
    }
    const isOurs = answer.headers.get("Content-Type")?.startsWith("text/plain");
    throw { words: isOurs ? await answer.text() : this.words.failed, mayPass: answer.status >= 500 };
  }

  share(received, size) {
    return this.words.share.replace("%s", Math.floor((received * 100) / size));
  }

  async resumed(line) {
    while (this.isPaused) {
      this.tell(line, this.words.paused);
      await new Promise((resolve) => { this.wake = resolve; });
    }
  }

  async wait(line, words, seconds) {
    this.tell(line, `${words} ${this.words.again.replace("%s", seconds)}`);
    await new Promise((resolve) => { this.wake = resolve; setTimeout(resolve, seconds * 1000); });
  }
}

for (const form of document.querySelectorAll("form[data-upload]")) new Panel(form);
