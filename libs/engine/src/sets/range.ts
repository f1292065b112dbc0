/** The whole numbers from `first` up to, but without, `end`. */
export function range(first: number, end: number): number[] {
  const numbers: number[] = [];
  for (let number = first; number < end; number++) numbers.push(number);
  return numbers;
}
