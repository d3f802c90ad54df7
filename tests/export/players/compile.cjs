// Reads Ink on standard input; prints what the compiler said, and the compiled story, as JSON.
const { readFileSync } = require("node:fs");
const { Compiler, CompilerOptions } = require("inkjs/full");

const said = [];
const options = new CompilerOptions(null, [], false, (message) => said.push(message));
let story = null;
try {
  story = new Compiler(readFileSync(0, "utf8"), options).Compile().ToJson();
} catch (error) {
  said.push(String(error));
}
process.stdout.write(JSON.stringify({ said, story }));
