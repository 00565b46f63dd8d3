/** What every element of ours has in common: it starts when it enters the page and is undone when it leaves. */
export abstract class PageElement extends HTMLElement {
  private undo: (() => void) | undefined;

  /** Begin to work; return what must be undone. */
  protected abstract start(): () => void;

  connectedCallback(): void {
    this.undo?.();
    this.undo = this.start();
  }

  disconnectedCallback(): void {
    this.undo?.();
    this.undo = undefined;
  }
}

/** An element that draws something from props, which stand as JSON in the script `<id>-props`. */
export abstract class Island<Props> extends PageElement {
  /** Draw into `this`; return what must be undone. */
  protected abstract draw(props: Props): () => void;

  protected override start(): () => void {
    return this.draw(this.readProps());
  }

  private readProps(): Props {
    const script = document.getElementById(`${this.id}-props`);
    if (!script?.textContent) throw new Error(`<${this.localName} id="${this.id}"> has no props`);
    return JSON.parse(script.textContent) as Props;
  }
}

/** Collects listeners so that one call takes all of them away. */
export function listeners(): { signal: AbortSignal; remove: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, remove: () => controller.abort() };
}
