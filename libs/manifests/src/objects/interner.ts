import { compareText, type ContainerPort, type Labels, PROTOCOLS } from '@portolan/model';
import type { OwnerReference } from '../validate/object-meta.js';
import { detachedText } from './detached-text.js';
import type { PodAccount } from './slim-objects.js';

/**
 * Keeps equal values once. Texts are copied: a piece of a document's text would hold the whole document in memory.
 * Label sets and port tables come out in the one order in which they are stored.
 */
export class Interner {
  readonly #texts = new Map<string, string>();
  readonly #labels = new Map<string, Labels>();
  /** The last labels that were asked about, and what is kept of them: replicas share theirs. */
  #asked: Labels = {};
  #answered: Labels = this.#asked;
  readonly #ports = new Map<string, readonly ContainerPort[]>();
  readonly #accounts = new Map<string, PodAccount>();

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const copy = detachedText(text);
    this.#texts.set(copy, copy);
    return copy;
  }

  labels(labels: Labels): Labels {
    if (labels !== this.#asked) {
      this.#answered = this.#labelsOf(labels);
      this.#asked = labels;
    }
    return this.#answered;
  }

  #labelsOf(labels: Labels): Labels {
    const keys = Object.keys(labels).sort(compareText);
    const id = keys.map((key) => measured(key) + measured(labels[key] ?? '')).join('');
    const known = this.#labels.get(id);
    if (known !== undefined) return known;
    const kept: Labels = Object.fromEntries(
      keys.map((key) => [this.text(key), this.text(labels[key] ?? '')]),
    );
    this.#labels.set(this.text(id), kept);
    return kept;
  }

  ports(ports: readonly ContainerPort[]): readonly ContainerPort[] {
    const sorted = [...ports].sort(comparePorts);
    const distinct = sorted.filter((port, i) => {
      const before = sorted[i - 1];
      return before === undefined || comparePorts(before, port) !== 0;
    });
    const id = distinct
      .map(
        ({ name, port, protocol }) => `${protocol}/${port}${name === null ? '' : measured(name)}`,
      )
      .join();
    const known = this.#ports.get(id);
    if (known !== undefined) return known;
    const kept = distinct.map(({ name, port, protocol }) => {
      return { name: name === null ? null : this.text(name), port, protocol };
    });
    this.#ports.set(this.text(id), kept);
    return kept;
  }

  account({ name, automount }: PodAccount): PodAccount {
    const id = `${String(automount)} ${name}`;
    const known = this.#accounts.get(id);
    if (known !== undefined) return known;
    const kept = { name: this.text(name), automount };
    this.#accounts.set(this.text(id), kept);
    return kept;
  }

  owner(owner: OwnerReference | null): OwnerReference | null {
    if (owner === null) return null;
    return {
      apiVersion: this.text(owner.apiVersion),
      kind: this.text(owner.kind),
      name: this.text(owner.name),
    };
  }
}

/** With its length in front, no text can pass for the end of one and the beginning of another. */
function measured(text: string): string {
  return `/${text.length}:${text}`;
}

function comparePorts(a: ContainerPort, b: ContainerPort): number {
  return (
    PROTOCOLS.indexOf(a.protocol) - PROTOCOLS.indexOf(b.protocol) ||
    a.port - b.port ||
    compareText(a.name ?? '', b.name ?? '')
  );
}
