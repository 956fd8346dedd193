import type { WireHeaders } from '@sluice/core';
import type { CopilotSettings } from './settings.js';

/** Seen 2025-09, of Visual Studio Code and its chat plug-in. The vendor refuses versions that are too old. */
const EDITOR_VERSION = 'vscode/1.104.1';
const PLUGIN_VERSION = 'copilot-chat/0.26.7';
const INTEGRATION = 'vscode-chat';
const API_VERSION = '2025-04-01';

type Identity = Pick<Partial<CopilotSettings>, 'editorVersion' | 'pluginVersion' | 'integrationId' | 'apiVersion'>;

/** Who calls: on every call to GitHub and to Copilot. Lower-case names. */
export function clientHeaders(identity: Identity): WireHeaders {
  const { editorVersion = EDITOR_VERSION, pluginVersion = PLUGIN_VERSION, apiVersion = API_VERSION } = identity;
  return {
    'editor-version': editorVersion,
    'editor-plugin-version': pluginVersion,
    'user-agent': userAgentOf(pluginVersion),
    'x-github-api-version': apiVersion,
  };
}

/** The same on a call to Copilot itself, which also wants to know what for. */
export function copilotHeaders(identity: Identity): WireHeaders {
  return {
    ...clientHeaders(identity),
    'copilot-integration-id': identity.integrationId ?? INTEGRATION,
    'openai-intent': 'conversation-panel',
    'x-vscode-user-agent-library-version': 'electron-fetch',
  };
}

/** The plug-in under its older name: `copilot-chat/0.26.7` is `GitHubCopilotChat/0.26.7`. */
function userAgentOf(pluginVersion: string): string {
  return pluginVersion.replace(/^[^/]*/, 'GitHubCopilotChat');
}
