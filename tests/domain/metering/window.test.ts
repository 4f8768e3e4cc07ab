import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  localDate,
  validateTimeZone,
  windowAt,
  type WindowLength,
} from '../../../src/domain/metering/window.js';
import { chosenSeed } from '../../seed.js';

const seed = chosenSeed();
const hourMs = 60 * 60 * 1000;

function boundsOf(length: WindowLength, now: string, timeZone: string) {
  const { start, end } = windowAt(length, new Date(now), timeZone);
  return [start.toISOString(), end?.toISOString() ?? null];
}

function hoursOf(length: Exclude<WindowLength, 'total'>, now: string, timeZone: string): number {
  const { start, end } = windowAt(length, new Date(now), timeZone);
  return (end.getTime() - start.getTime()) / hourMs;
}

describe('a window of the calendar', () => {
  const bounds: [WindowLength, string, string, string, string | null][] = [
    ['hour', '2026-11-30T02:34:56.789Z', 'UTC', '2026-11-30T02:00:00.000Z', '2026-11-30T03:00:00.000Z'],
    [
      'hour',
      '2026-11-30T02:34:56.789Z',
      'Asia/Kolkata',
      '2026-11-30T02:30:00.000Z',
      '2026-11-30T03:30:00.000Z',
    ],
    ['day', '2026-11-30T23:30:00.000Z', 'UTC', '2026-11-30T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    [
      'day',
      '2026-11-30T23:30:00.000Z',
      'Europe/Berlin',
      '2026-11-30T23:00:00.000Z',
      '2026-12-01T23:00:00.000Z',
    ],
    ['day', '2026-12-01T00:00:00.000Z', 'UTC', '2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z'],
    ['week', '2026-11-30T00:00:00.000Z', 'UTC', '2026-11-30T00:00:00.000Z', '2026-12-07T00:00:00.000Z'],
    ['week', '2026-11-29T23:59:59.999Z', 'UTC', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['week', '1969-12-31T12:00:00.000Z', 'UTC', '1969-12-29T00:00:00.000Z', '1970-01-05T00:00:00.000Z'],
    ['month', '2026-12-31T23:59:59.999Z', 'UTC', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['month', '2028-02-29T12:00:00.000Z', 'UTC', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    [
      'month',
      '2027-02-28T23:00:00.000Z',
      'Europe/Berlin',
      '2027-02-28T23:00:00.000Z',
      '2027-03-31T22:00:00.000Z',
    ],
    [
      'month',
      '2027-01-01T04:59:59.999Z',
      'America/New_York',
      '2026-12-01T05:00:00.000Z',
      '2027-01-01T05:00:00.000Z',
    ],
    ['total', '2026-11-30T02:34:56.789Z', 'Europe/Berlin', '1970-01-01T00:00:00.000Z', null],
  ];
  for (const [length, now, timeZone, start, end] of bounds) {
    test(`${length} at ${now} in ${timeZone}`, () => {
      expect(boundsOf(length, now, timeZone)).toEqual([start, end]);
    });
  }

  test('a day has 23 hours when clocks are set forward and 25 when they are set back', () => {
    expect(hoursOf('day', '2026-03-29T12:00:00Z', 'Europe/Berlin')).toBe(23);
    expect(hoursOf('day', '2026-10-25T12:00:00Z', 'Europe/Berlin')).toBe(25);
    expect(hoursOf('week', '2026-03-29T12:00:00Z', 'Europe/Berlin')).toBe(7 * 24 - 1);
    expect(hoursOf('month', '2026-10-25T12:00:00Z', 'Europe/Berlin')).toBe(31 * 24 + 1);
    expect(hoursOf('day', '2026-10-04T12:00:00Z', 'Australia/Lord_Howe')).toBe(23.5);
  });

  test('a day whose midnight does not exist begins with its first moment', () => {
    expect(boundsOf('day', '2018-11-04T12:00:00Z', 'America/Sao_Paulo')).toEqual([
      '2018-11-04T03:00:00.000Z',
      '2018-11-05T02:00:00.000Z',
    ]);
  });

  test('a day that a time zone left out has no window', () => {
    expect(boundsOf('day', '2011-12-30T09:59:59.999Z', 'Pacific/Apia')[1]).toBe('2011-12-30T10:00:00.000Z');
    const [start, end] = boundsOf('day', '2011-12-30T10:00:00.000Z', 'Pacific/Apia');
    expect([start, end]).toEqual(['2011-12-30T10:00:00.000Z', '2011-12-31T10:00:00.000Z']);
    expect(localDate(new Date(String(start)), 'Pacific/Apia')).toBe('2011-12-31');
  });

  test('the repeated hour is an hour of its own', () => {
    expect(boundsOf('hour', '2026-10-25T00:30:00Z', 'Europe/Berlin')[1]).toBe('2026-10-25T01:00:00.000Z');
    expect(hoursOf('hour', '2026-10-25T01:30:00Z', 'Europe/Berlin')).toBe(1);
    // Clocks go back from 02:00 to 01:30: the rest of that hour is half of one.
    expect(hoursOf('hour', '2026-04-04T15:10:00Z', 'Australia/Lord_Howe')).toBe(0.5);
  });

  const timeZones = [
    ...[
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Apia',
    ],
    ...[
      'Asia/Kathmandu',
      'Africa/Cairo',
      'America/Santiago',
      'Pacific/Chatham',
      'Asia/Beirut',
      'America/Havana',
    ],
  ];
  test(`windows follow each other without a gap (seed ${seed})`, () => {
    const moments = fc.date({
      min: new Date('2005-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    const lengths = fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const);
    const property = fc.property(moments, lengths, fc.constantFrom(...timeZones), (now, length, timeZone) => {
      const { start, end } = windowAt(length, now, timeZone);
      expect(start.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(end.getTime()).toBeGreaterThan(now.getTime());
      for (const within of [start, new Date(end.getTime() - 1)]) {
        expect(windowAt(length, within, timeZone)).toEqual({ length, start, end });
      }
      expect(windowAt(length, end, timeZone).start).toEqual(end);
      expect(windowAt(length, new Date(start.getTime() - 1), timeZone).end).toEqual(start);
    });
    fc.assert(property, { seed, numRuns: 400 });
  });
});

test('a time zone is one that the calendar knows', () => {
  for (const timeZone of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires']) {
    expect(validateTimeZone(timeZone)).toBeNull();
  }
  for (const timeZone of ['', 'Berlin', 'Mars/Olympus', 'UTC; drop table users']) {
    expect(validateTimeZone(timeZone)).toMatch(/name of a time zone/);
  }
});
