import { it } from 'vitest';
import { tellStories } from './tools/story.ts';

const STORIES = 100;
/** Always the same stories here; `tools.soak.ts` tells new ones. */
const SEED = 5001;

it(
  `Notion, Trello and a workbook, edited at random while services fail and processes die, end in agreement, with nothing twice and nothing lost, in ${STORIES} stories`,
  {
    timeout: 600_000,
  },
  () => tellStories(STORIES, 'test/service/tools.test.ts', SEED),
);
