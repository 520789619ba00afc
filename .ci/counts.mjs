import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Counts of a suite from its JSON report. A suite that ended badly without a failed test (it crashed, a file did
 * not load, an error was thrown outside a test) counts as one failed test.
 *
 * @param {'vitest' | 'playwright' | 'none'} kind
 * @param {string} path of the report
 * @param {number} code with which the suite ended
 * @returns {Counts}
 */
export function countsOf(kind, path, code) {
  const report = kind !== 'none' && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
  const counts = !report ? zero() : kind === 'vitest' ? ofVitest(report) : ofPlaywright(report);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @returns {Counts} */
export function zero() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** @param {Counts} counts */
export function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function ofVitest(report) {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function ofPlaywright({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}
