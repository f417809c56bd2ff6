// Runs every NAME.onnx of a folder in onnxruntime on NAME.in (float32) and writes NAME.out. node run-onnx.mjs FOLDER_WITH_NODE_MODULES FOLDER
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [modules, folder] = process.argv.slice(2);
const ort = createRequire(path.join(modules, 'package.json'))('onnxruntime-web');
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
for (const file of fs.readdirSync(folder).filter(name => name.endsWith('.onnx'))) {
  const stem = path.join(folder, path.basename(file, '.onnx'));
  const session = await ort.InferenceSession.create(fs.readFileSync(stem + '.onnx'), { executionProviders: ['wasm'] });
  const bytes = fs.readFileSync(stem + '.in');
  const x = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const rows = Number(fs.readFileSync(stem + '.rows', 'utf8'));
  const { outputs } = await session.run({ inputs: new ort.Tensor('float32', x, [rows, x.length / rows]) });
  fs.writeFileSync(stem + '.out', Buffer.from(outputs.data.buffer, outputs.data.byteOffset, outputs.data.byteLength));
  await session.release();
}
