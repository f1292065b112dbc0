import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** How large a query is, with its fragments put in where they are spread. */
export interface QueryShape {
  /** Fields inside one another. */
  readonly depth: number;
  readonly aliases: number;
  /** Of these, the ones inside `__schema` and `__type`. */
  readonly introspectionAliases: number;
}

const NOTHING: QueryShape = { depth: 0, aliases: 0, introspectionAliases: 0 };

/** Measures a selection of a valid query. Each fragment is measured once, so that spreading cannot make this slow. */
export function queryShape(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): QueryShape {
  const known = new Map<string, QueryShape>();
  return measure(set);

  function measure({ selections }: SelectionSetNode): QueryShape {
    let { depth, aliases, introspectionAliases } = NOTHING;
    for (const selection of selections) {
      const inside = inner(selection);
      depth = Math.max(depth, inside.depth);
      aliases += inside.aliases;
      introspectionAliases += inside.introspectionAliases;
    }
    return { depth, aliases, introspectionAliases };
  }

  function inner(selection: SelectionSetNode['selections'][number]): QueryShape {
    switch (selection.kind) {
      case Kind.INLINE_FRAGMENT:
        return measure(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD:
        return ofFragment(selection.name.value);
      case Kind.FIELD: {
        const own = selection.alias === undefined ? 0 : 1;
        if (selection.selectionSet === undefined) return { ...NOTHING, depth: 1, aliases: own };
        const inside = measure(selection.selectionSet);
        const aliases = inside.aliases + own;
        // Introspection is deep by nature, and graphql-js has a rule of its own for it; aliases multiply it all the same.
        return selection.name.value.startsWith('__')
          ? { depth: 1, aliases, introspectionAliases: inside.aliases }
          : { ...inside, depth: inside.depth + 1, aliases };
      }
    }
  }

  function ofFragment(name: string): QueryShape {
    const shape = known.get(name);
    if (shape !== undefined) return shape;
    const fragment = fragments.get(name);
    const measured = fragment === undefined ? NOTHING : measure(fragment.selectionSet);
    known.set(name, measured);
    return measured;
  }
}
