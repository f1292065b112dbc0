import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/** JSON as it is. Only where the shape belongs to Kubernetes. */
export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'JSON value. Used only where the shape belongs to Kubernetes (label maps).',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node) => valueOf(node),
});

function valueOf(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.NULL:
    case Kind.VARIABLE:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map(valueOf);
    case Kind.OBJECT:
      // Own properties only: a key named __proto__ must stay a key.
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, valueOf(value)]));
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
  }
}
