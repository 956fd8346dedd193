import { askWithProfile, type Question, type QuestionOrder } from './ask-with-profile.js';

const ARN = 'arn';
const ORDER: QuestionOrder = { region: 'us-east-1', otherRegion: 'eu-central-1', profileArn: ARN };

/** Answers with these statuses, one after the other. */
async function ask(order: QuestionOrder, statuses: readonly number[]) {
  const asked: string[] = [];
  const reply = await askWithProfile(order, async ({ region, profileArn = 'none' }: Question) => {
    asked.push(`${region} ${profileArn}`);
    return { status: statuses[asked.length - 1] ?? 500, headers: {}, value: asked.length };
  });
  return { asked, status: reply.status, value: reply.value };
}

describe('askWithProfile', () => {
  it('tries both regions, with the profile and without', async () => {
    const { asked, status } = await ask(ORDER, [403, 400, 403, 200]);

    expect(asked).toEqual(['us-east-1 arn', 'us-east-1 none', 'eu-central-1 arn', 'eu-central-1 none']);
    expect(status).toBe(200);
  });

  it.each([
    ['an answer', [403, 200], 2, 200],
    ['throttling', [403, 429], 2, 429],
  ])('ends with %s', async (_name, statuses, count, status) => {
    const result = await ask(ORDER, statuses);

    expect(result.asked).toHaveLength(count);
    expect(result.status).toBe(status);
  });

  it('reports the first refusal', async () => {
    expect(await ask(ORDER, [403, 400, 404, 500])).toMatchObject({ status: 403, value: 1 });
  });

  it('asks once where there is one way', async () => {
    const { asked } = await ask({ region: 'us-east-1', otherRegion: undefined, profileArn: undefined }, [403]);

    expect(asked).toEqual(['us-east-1 none']);
  });
});
