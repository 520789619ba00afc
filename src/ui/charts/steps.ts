/** Height of one bar of a ranking with the space around it: the page keeps the room before the chart is there. */
export const barStep = 25;

/** Room at the right of lines for their names, where there is enough, and on a phone. */
export const lineRoom = { wide: 128, narrow: 92 } as const;
