/** A PDF transformation matrix [a b c d e f] (ISO 32000-1, 8.3.3). */
export type Matrix = [number, number, number, number, number, number]

/** The matrix that applies `inner` first, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/** A point after the transformation. */
export function applyTo(matrix: Matrix, [x, y]: readonly [number, number]): [number, number] {
  const [a, b, c, d, e, f] = matrix
  return [a * x + c * y + e, b * x + d * y + f]
}
