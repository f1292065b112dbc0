import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE } from '../relay/page.js';

/** A valid query, and what its variables are. */
export interface CostedQuery {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How long a list of objects is taken to be when neither the query nor the schema says it: rules, peers, policies. */
const ASSUMED_LENGTH = 20;
/** The same of a list whose elements have values only, and lead nowhere: caveats, ports. */
const ASSUMED_LENGTH_OF_VALUES = 5;

/** The whole schema is about half a megabyte of an answer. */
const COST_OF_INTROSPECTION = 500;

/**
 * What a query may cost at most, in points, found before it is run. A field costs its weight (`complexity` at its declaration;
 * else 1 when it gives objects and 0 when it gives values), and what is selected in it, times the length of its list:
 * `first` in a connection, the length of the argument that is a list (one answer per question), the length at which the list
 * is cut (`@Extensions({ maxLength })` at its declaration), else an assumed one. Introspection costs the same whatever is
 * selected in it.
 */
export function queryCost(query: CostedQuery): number {
  const root = query.schema.getRootType(query.operation.operation);
  return root === null || root === undefined
    ? 0
    : new CostMeter(query).ofSelections(query.operation.selectionSet, root);
}

/** Points of a page as a whole, and of each of its rows. */
interface PageCost {
  readonly once: number;
  readonly perRow: number;
}

class CostMeter {
  // Each fragment is measured once, however often it is spread: a query cannot make this slow.
  readonly #fragments = new Map<string, number>();
  readonly #pageFragments = new Map<string, PageCost>();

  constructor(private readonly query: CostedQuery) {}

  ofSelections({ selections }: SelectionSetNode, type: GraphQLCompositeType): number {
    let cost = 0;
    for (const selection of selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          cost += this.#ofField(selection, type);
          break;
        case Kind.INLINE_FRAGMENT:
          cost += this.ofSelections(
            selection.selectionSet,
            this.#typeNamed(selection.typeCondition?.name.value) ?? type,
          );
          break;
        case Kind.FRAGMENT_SPREAD:
          cost += this.#ofFragment(selection.name.value);
          break;
      }
    }
    return cost;
  }

  #ofField(node: FieldNode, parent: GraphQLCompositeType): number {
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : null;
    // __typename, __schema and __type are not among the fields of a type.
    if (field === null || field === undefined)
      return node.selectionSet === undefined ? 0 : COST_OF_INTROSPECTION;
    const named = getNamedType(field.type);
    if (!isCompositeType(named) || node.selectionSet === undefined) return weightOf(field, 0);
    const length = this.#lengthOf(field, node);
    if (named.name.endsWith('Connection')) {
      const { once, perRow } = this.#ofPage(node.selectionSet, named);
      return weightOf(field, 1) + once + perRow * length;
    }
    return (weightOf(field, 1) + this.ofSelections(node.selectionSet, named)) * length;
  }

  /** Only `edges` and `nodes` of a connection come once for each row. */
  #ofPage({ selections }: SelectionSetNode, page: GraphQLCompositeType): PageCost {
    let once = 0;
    let perRow = 0;
    const add = (inside: PageCost): void => {
      once += inside.once;
      perRow += inside.perRow;
    };
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) add(this.#ofPage(selection.selectionSet, page));
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        add(this.#ofPageFragment(selection.name.value, page));
      } else if (['edges', 'nodes'].includes(selection.name.value)) {
        perRow += this.#ofRow(selection, page);
      } else once += this.#ofField(selection, page);
    }
    return { once, perRow };
  }

  #ofPageFragment(name: string, page: GraphQLCompositeType): PageCost {
    const known = this.#pageFragments.get(name);
    if (known !== undefined) return known;
    const fragment = this.query.fragments.get(name);
    const cost =
      fragment === undefined ? { once: 0, perRow: 0 } : this.#ofPage(fragment.selectionSet, page);
    this.#pageFragments.set(name, cost);
    return cost;
  }

  #ofRow(node: FieldNode, page: GraphQLCompositeType): number {
    const field = isObjectType(page) ? page.getFields()[node.name.value] : undefined;
    const row = field === undefined ? undefined : getNamedType(field.type);
    if (!isCompositeType(row) || node.selectionSet === undefined) return 0;
    return 1 + this.ofSelections(node.selectionSet, row);
  }

  #ofFragment(name: string): number {
    const known = this.#fragments.get(name);
    if (known !== undefined) return known;
    const fragment = this.query.fragments.get(name);
    const type = this.#typeNamed(fragment?.typeCondition.name.value);
    const cost =
      fragment === undefined || type === null ? 0 : this.ofSelections(fragment.selectionSet, type);
    this.#fragments.set(name, cost);
    return cost;
  }

  #typeNamed(name: string | undefined): GraphQLCompositeType | null {
    const type = name === undefined ? undefined : this.query.schema.getType(name);
    return isCompositeType(type) ? type : null;
  }

  #lengthOf(field: GraphQLField<unknown, unknown>, node: FieldNode): number {
    const first = field.args.find(({ name }) => name === 'first');
    if (first !== undefined) {
      const given = this.#argument(node, 'first') ?? first.defaultValue ?? DEFAULT_PAGE_SIZE;
      return typeof given === 'number' && given > 0 ? given : 1;
    }
    if (!isList(field.type)) return 1;
    const questions = field.args.find(({ type }) => isList(type));
    if (questions === undefined) return declaredLength(field) ?? assumedLength(field);
    const given = this.#argument(node, questions.name);
    return Array.isArray(given) ? given.length : ASSUMED_LENGTH;
  }

  #argument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    return value === undefined ? undefined : this.#read(value);
  }

  /** Numbers and the length of lists; nothing else decides a cost. */
  #read(value: ValueNode): unknown {
    switch (value.kind) {
      case Kind.INT:
        return Number(value.value);
      case Kind.LIST:
        return value.values;
      case Kind.VARIABLE: {
        const given = this.query.variables[value.name.value];
        if (given !== undefined) return given;
        const definition = this.query.operation.variableDefinitions?.find(
          ({ variable }) => variable.name.value === value.name.value,
        );
        return definition?.defaultValue === undefined
          ? undefined
          : this.#read(definition.defaultValue);
      }
      default:
        return undefined;
    }
  }
}

function weightOf({ extensions }: GraphQLField<unknown, unknown>, fallback: number): number {
  return typeof extensions.complexity === 'number' ? extensions.complexity : fallback;
}

/** The length at which a list is cut; null when nothing is said about it. */
function declaredLength({ extensions }: GraphQLField<unknown, unknown>): number | null {
  return typeof extensions.maxLength === 'number' ? extensions.maxLength : null;
}

function assumedLength({ type }: GraphQLField<unknown, unknown>): number {
  const element = getNamedType(type);
  const hasObjects =
    !(isObjectType(element) || isInterfaceType(element)) ||
    Object.values(element.getFields()).some((inner) => isCompositeType(getNamedType(inner.type)));
  return hasObjects ? ASSUMED_LENGTH : ASSUMED_LENGTH_OF_VALUES;
}

function isList(type: unknown): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
