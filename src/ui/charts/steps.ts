/** Height of one bar of a ranking with the space around it: the page keeps the room before the chart is there. */
export const barStep = 25;
