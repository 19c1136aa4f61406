/** Why a file cannot be taken for a workbook. */
export type Damage = 'encrypted' | 'not-a-workbook' | 'broken' | 'too-large';

/** A file, or a part of it, is not what it should be. Who knows the file's name makes a message of it. */
export class Damaged extends Error {
  readonly damage: Damage;

  constructor(damage: Damage, options?: ErrorOptions) {
    super(damage, options);
    this.name = 'Damaged';
    this.damage = damage;
  }
}
