/**
 * Whether what is present is what the lock asks for. Optional packages may be missing: they are for other platforms, or were
 * left out on purpose. One that is there must be the locked one all the same.
 */
export function isInstalled(wanted, present) {
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const installed = present[path];
    return installed === undefined
      ? Boolean(optional || devOptional)
      : installed.version === version;
  });
}
