import { expose } from 'comlink';
import { RecorderService } from './service.ts';
import { registerErrorTransfer } from './transfer.ts';

registerErrorTransfer();
expose(new RecorderService());
