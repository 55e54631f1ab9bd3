// What was checked, one line each, on standard output.

const failures = [];
let checked = 0;

/** Does one check and prints its line; a check that fails is no reason not to walk on. Gives whether it was good. */
export async function check(what, action) {
  checked++;
  try {
    await action();
    console.log(`ok      ${what}`);
    return true;
  } catch (error) {
    const reason = String(error.message ?? error).replace(/\u001b\[[0-9;]*m/g, "").split("\n").map((line) => line.trim()).filter(Boolean);
    console.log(`FAILED  ${what}: ${reason.slice(0, 6).join(" | ")}`);
    failures.push(what);
    return false;
  }
}

export function expect(condition, reason) {
  if (!condition) {
    throw new Error(typeof reason === "function" ? reason() : reason);
  }
}

/** Prints the last line; gives the exit status. */
export function summary() {
  console.log(failures.length === 0 ? `All of ${checked} checks are good.` : `${failures.length} of ${checked} checks FAILED.`);
  return failures.length === 0 ? 0 : 1;
}
