/** Props of `shuniu-trend`; the Python side is `TrendProps` in the kernel's `part_data`. */
export interface TrendProps {
  /** The sentence that the chart answers. */
  readonly question: string;
  readonly unit: string;
  readonly kind: 'line' | 'bar';
  /** In the order of time; a missing value leaves a gap. */
  readonly points: readonly TrendPoint[];
}

export interface TrendPoint {
  readonly label: string;
  readonly value: number | null;
}
