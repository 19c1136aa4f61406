/** A file that a person writes by hand is far smaller. Whoever reads one from disk looks at its size first. */
export const LARGEST_FILE_MEGABYTES = 1;
export const LARGEST_FILE_BYTES = LARGEST_FILE_MEGABYTES * 1024 * 1024;
