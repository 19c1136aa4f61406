import { inviteBoardMember, updateBoardMember } from 'trello.js/boards';
import { getMemberTokens } from 'trello.js/members';
import { searchMembers as search } from 'trello.js/search';
import { checkedId, checkedName, type Endpoint } from '../endpoint.ts';
import { GivenToken, Member, Organization, type Rows, rowsOf, Touched } from '../schema.ts';

/** Counts against the small allowance of 100 questions in a quarter of an hour. */
export function getMe(): Endpoint<Member> {
  return getMember('me');
}

/** What the person of the token has given to applications. Which of them is ours, none of them tells. */
export function getMyTokens(): Endpoint<Rows<GivenToken>> {
  return { send: (trello) => getMemberTokens(trello, { id: 'me' }), answer: rowsOf(GivenToken) };
}

/** By id or user name. Counts against the small allowance. */
export function getMember(name: string): Endpoint<Member> {
  const url = `/members/${checkedName(name)}`;
  const searchParams = { fields: 'username,fullName' };
  return { send: (trello) => trello.sendRequest({ url, searchParams }), answer: Member };
}

/** By name or e-mail address, as far as Trello lets it be found. Counts against the small allowance. */
export function searchMembers(query: string): Endpoint<Rows<Member>> {
  return { send: (trello) => search(trello, { query, limit: 8 }), answer: rowsOf(Member) };
}

/** A Trello workspace: its plan and its limits. trello.js cannot ask for them. */
export function getOrganization(name: string): Endpoint<Organization> {
  const url = `/organizations/${checkedName(name)}`;
  const searchParams = { fields: 'name,displayName,premiumFeatures,limits' };
  return { send: (trello) => trello.sendRequest({ url, searchParams }), answer: Organization };
}

/** Members and guests; on the Free plan no more than ten may be in a workspace. */
export function getOrganizationMembers(name: string): Endpoint<Rows<Member>> {
  const url = `/organizations/${checkedName(name)}/members`;
  const searchParams = { fields: 'username,fullName' };
  return { send: (trello) => trello.sendRequest({ url, searchParams }), answer: rowsOf(Member) };
}

export function addBoardMember(idBoard: string, idMember: string): Endpoint<Touched> {
  const request = { id: checkedId(idBoard), idMember: checkedId(idMember), type: 'normal' };
  return { send: (trello) => updateBoardMember(trello, request), answer: Touched, of: idBoard };
}

/** Sends an e-mail, so it is never repeated blindly. */
export function inviteMember(idBoard: string, email: string, fullName: string): Endpoint<Touched> {
  const request = { id: checkedId(idBoard), email, fullName, type: 'normal' };
  return { send: (trello) => inviteBoardMember(trello, request), answer: Touched, of: idBoard };
}
