import { assertNoAdministration } from './admin-path.js';

describe('assertNoAdministration', () => {
  it.each([
    '/v1/organization',
    '/v1/organization/admin_api_keys',
    '/v1/organizations/users',
    '/v1/admin/keys',
    '/v1/keys',
    '/v1/dashboard/billing/usage',
    '/v1beta/admin',
    '/v1/Organization/projects',
    '/v1/%6frganization/projects',
    '/v1/%256frganization/projects',
    '/v1/%25256frganization',
    '/v1/organization;x/users',
  ])('refuses %s', (path) => {
    expect(() => assertNoAdministration(path)).toThrow(
      expect.objectContaining({
        kind: 'permission_denied',
        message: expect.stringContaining('server.forwardAdminPaths') as string,
      }),
    );
  });

  it.each(['/v1/files', '/v1/files/organization', '/v1/organizational', '/v1', '/v1/x/100%25', '/v1beta/keyboards'])(
    'lets %s through',
    (path) => {
      expect(() => assertNoAdministration(path)).not.toThrow();
    },
  );
});
