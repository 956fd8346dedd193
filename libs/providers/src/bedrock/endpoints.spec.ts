import { controlBase, runtimeBase } from './endpoints.js';

describe('the hosts of Bedrock', () => {
  it.each([
    [
      'eu-central-1',
      'https://bedrock-runtime.eu-central-1.amazonaws.com',
      'https://bedrock.eu-central-1.amazonaws.com',
    ],
    [
      'us-gov-west-1',
      'https://bedrock-runtime.us-gov-west-1.amazonaws.com',
      'https://bedrock.us-gov-west-1.amazonaws.com',
    ],
    [
      'cn-north-1',
      'https://bedrock-runtime.cn-north-1.amazonaws.com.cn',
      'https://bedrock.cn-north-1.amazonaws.com.cn',
    ],
  ])('follow the region %s', (region, runtime, control) => {
    expect([runtimeBase({ region }), controlBase({ region })]).toEqual([runtime, control]);
  });

  it('are the declared ones where there are such', () => {
    const settings = { region: 'us-east-1', baseUrl: 'https://vpce.example', controlUrl: 'https://control.example' };

    expect([runtimeBase(settings), controlBase(settings)]).toEqual(['https://vpce.example', 'https://control.example']);
  });
});
