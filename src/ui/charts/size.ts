/** The space a chart has, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What all charts share: the page's own type, no margins but those asked for. */
export const plain = {
  margin: 0,
  style: {
    fontFamily: 'inherit',
    fontSize: '13px',
    background: 'none',
    color: 'var(--ink)',
    overflow: 'visible',
  },
} as const;
