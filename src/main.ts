import { AppUpdate } from './offline/update.svelte.ts';
import { startRecorder } from './pipeline/recorder.ts';
import { startPage } from './ui/start.ts';

const recorder = startRecorder();
const update = new AppUpdate(() => recorder.rest());
startPage(recorder, update);
update.register();
