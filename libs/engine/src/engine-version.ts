/** Part of every cache key: raise it whenever an answer can differ for the same snapshot and question. */
export const ENGINE_VERSION = '3';
