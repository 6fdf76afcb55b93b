/** Running sums over a window of pairs: x the benchmark's return, y the symbol's. One in, one out, at constant cost. */
export class PairSums {
  n = 0;
  x = 0;
  y = 0;
  xx = 0;
  yy = 0;
  xy = 0;

  add(x: number, y: number): void {
    this.n += 1;
    this.x += x;
    this.y += y;
    this.xx += x * x;
    this.yy += y * y;
    this.xy += x * y;
  }

  remove(x: number, y: number): void {
    this.n -= 1;
    this.x -= x;
    this.y -= y;
    this.xx -= x * x;
    this.yy -= y * y;
    this.xy -= x * y;
  }

  clear(): void {
    this.n = this.x = this.y = this.xx = this.yy = this.xy = 0;
  }
}

/** The sums of both windows taken as one. */
export function together(a: Readonly<PairSums>, b: Readonly<PairSums>): PairSums {
  const sum = new PairSums();
  sum.n = a.n + b.n;
  sum.x = a.x + b.x;
  sum.y = a.y + b.y;
  sum.xx = a.xx + b.xx;
  sum.yy = a.yy + b.yy;
  sum.xy = a.xy + b.xy;
  return sum;
}
