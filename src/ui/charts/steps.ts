/** Height of one bar of a ranking with the space around it: the page keeps the room before the chart is there. */
export const barStep = 25;

/** Room at the right of lines for their figures and names: the longest is "27 654 bornes libres". */
export const lineRoom = 140;
