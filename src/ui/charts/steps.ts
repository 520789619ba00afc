/** Height of one bar of a ranking with the space around it: the page keeps the room before the chart is there. */
export const barStep = 25;

/** Room round a station's charts over time: its figures at the left, the ticks below. */
export const timeRoom = { left: 24, right: 8, bottom: 20 } as const;

/** Room at the left of lines for the names of heights: the longest is "35 000". */
export const heightRoom = 44;

/** Room at the right of lines for their figures and names: the longest is "27 654 bornes libres". */
export const lineRoom = 140;

/** Room at the right of lines that a key names: for half of the dot at an end. */
export const keyedRoom = 12;

/** Room at the right of lines in so many pixels. */
export function roomIn(width: number): number {
  return width < 480 ? keyedRoom : lineRoom;
}
