/** Writes the workbook of a folder again and again until it is killed. Run by file.test.ts. */
import { deskIn, FLOWS, ITEMS, update } from './project.ts';

const own = deskIn(process.argv[2] ?? '');
await own.read();
for (let round = 0; ; round += 1) {
  const edit = update(FLOWS, { notes: `Passage ${round} de ${process.pid}` });
  await own.write(
    ITEMS.map((one) => (one === FLOWS ? edit.item : one)),
    [edit.change],
  );
  if (round === 0) process.stdout.write('writing\n');
}
