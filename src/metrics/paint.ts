/** What every chart is drawn with: one font, which is shipped, and colours that hold in print and for the colour-blind. */

export const FONT_FAMILY = 'Source Sans 3';

export const INK = '#1f2933';
export const GREY = '#52606d';
export const LINE = '#8a96a3';
export const FAINT = '#dde3e8';
export const TRACK = '#eef1f4';
export const ALERT = '#9b1c1c';
/** What is done. */
export const DONE = '#1b6ca8';
export const PAPER = '#ffffff';
