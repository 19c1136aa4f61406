import { it } from 'vitest';
import { tellStories } from './tools/story.ts';

const RUNS = Number(process.env.JALON_RUNS ?? 1000);

it(
  `Notion, Trello and a workbook, edited at random, end in agreement in ${RUNS} stories`,
  {
    timeout: 60_000 + RUNS * 20_000,
  },
  () => tellStories(RUNS, 'test/service/tools.test.ts'),
);
