// Runs jsforce against a sandbox: node conformance.mjs <url>
// Prints one line per case and, last, how many passed; fails when one did not.
import assert from 'node:assert/strict';
import jsforce from 'jsforce';

const url = process.argv[2];
const oauth2 = { loginUrl: url, clientId: 'jsforce', clientSecret: 'secret' };
const cases = [];
const check = (name, run) => cases.push({ name, run });

let conn;
const fails = async (code, run) =>
  assert.rejects(run, (error) => {
    assert.equal(error.errorCode ?? error.name, code, `${error.name}: ${error.message}`);
    return true;
  });
const contacts = (...rows) => rows.map(([key, LastName, more]) => ({ Emporix_Key__c: key, LastName, ...more }));

// Login

check('client credentials open a session', async () => {
  conn = new jsforce.Connection({ oauth2, version: '62.0' });
  const user = await conn.authorize({ grant_type: 'client_credentials' });
  assert.match(user.organizationId, /^00D\w{15}$/);
  assert.match(user.id, /^005\w{15}$/);
  assert.equal(conn.instanceUrl, url);
});

check('user name and password open a session', async () => {
  const other = new jsforce.Connection({ oauth2 });
  await other.login('user@example.com', 'password');
  assert.ok((await other.limits()).DailyApiRequests.Max > 0);
});

check('a JWT opens a session', async () => {
  const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const assertion = [
    part({ alg: 'RS256' }),
    part({ iss: 'jsforce', sub: 'user@example.com', aud: 'https://login.salesforce.com', exp: 4102444800 }),
    'signature',
  ].join('.');
  const other = new jsforce.Connection({ oauth2 });
  await other.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  assert.ok(other.accessToken);
});

check('an unknown grant is refused', async () => {
  const other = new jsforce.Connection({ oauth2 });
  await assert.rejects(other.authorize({ grant_type: 'magic' }), { name: 'unsupported_grant_type' });
});

check('a wrong session is refused', async () => {
  const other = new jsforce.Connection({ instanceUrl: url, accessToken: 'wrong', version: '62.0' });
  await fails('INVALID_SESSION_ID', other.query('SELECT Id FROM Account'));
});

check('an expired session is renewed', async () => {
  const other = new jsforce.Connection({
    instanceUrl: url,
    accessToken: 'expired',
    version: '62.0',
    refreshFn: (_, callback) => callback(null, conn.accessToken),
  });
  assert.equal((await other.query('SELECT COUNT() FROM Organization')).totalSize, 1);
});

check('the identity tells who one is', async () => {
  const identity = await conn.identity();
  assert.equal(identity.user_id, conn.userInfo.id);
  assert.equal(identity.organization_id, conn.userInfo.organizationId);
});

check('a session can be revoked', async () => {
  const other = new jsforce.Connection({ oauth2, version: '62.0' });
  await other.authorize({ grant_type: 'client_credentials' });
  const token = other.accessToken;
  await other.logout();
  const late = new jsforce.Connection({ instanceUrl: url, accessToken: token, version: '62.0' });
  await fails('INVALID_SESSION_ID', late.query('SELECT Id FROM Account'));
});

// Single records

let acme;

check('a record is created', async () => {
  const result = await conn.sobject('Account').create({ Name: 'Acme', BillingCity: 'Bern' });
  assert.equal(result.success, true);
  assert.match(result.id, /^001\w{15}$/);
  acme = result.id;
});

check('a record is retrieved', async () => {
  const account = await conn.sobject('Account').retrieve(acme);
  assert.equal(account.Name, 'Acme');
  assert.equal(account.BillingAddress.city, 'Bern');
  assert.equal(account.Pivotal_At_Risk__c, false);
  assert.equal(account.attributes.type, 'Account');
});

check('a record is updated', async () => {
  const result = await conn.sobject('Account').update({ Id: acme, Phone: '1' });
  assert.equal(result.success, true);
  assert.equal((await conn.sobject('Account').retrieve(acme)).Phone, '1');
});

check('several records are retrieved', async () => {
  const other = await conn.sobject('Account').create({ Name: 'Bolt' });
  const records = await conn.sobject('Account').retrieve([acme, other.id]);
  assert.deepEqual(records.map((record) => record.Name), ['Acme', 'Bolt']);
});

check('what does not exist is not found', async () => {
  await fails('NOT_FOUND', conn.sobject('Account').retrieve('001Qy0000ZZZZZZAAA'));
});

check('a record that lacks a value is refused', async () => {
  await fails('REQUIRED_FIELD_MISSING', conn.sobject('Contact').create({ FirstName: 'Ann' }));
});

check('an unknown column is refused', async () => {
  await fails('INVALID_FIELD', conn.sobject('Account').create({ Name: 'X', Nope__c: 1 }));
});

// Upsert

check('an upsert creates', async () => {
  const result = await conn.sobject('Account').upsert({ Pivotal_Key__c: 'p1', Name: 'One' }, 'Pivotal_Key__c');
  assert.equal(result.success, true);
  assert.equal(result.created, true);
});

check('an upsert updates', async () => {
  const result = await conn.sobject('Account').upsert({ Pivotal_Key__c: 'p1', Phone: '2' }, 'Pivotal_Key__c');
  assert.equal(result.created, false);
  assert.equal((await conn.sobject('Account').retrieve(result.id)).Name, 'One');
});

check('an upsert names its parent by key', async () => {
  const result = await conn
    .sobject('Contact')
    .upsert({ Emporix_Key__c: 't1', LastName: 'Lee', Account: { Pivotal_Key__c: 'p1' } }, 'Emporix_Key__c');
  const contact = await conn.sobject('Contact').findOne({ Id: result.id }, 'Account.Name');
  assert.equal(contact.Account.Name, 'One');
});

check('an upsert with an unknown parent is refused', async () => {
  await fails(
    'INVALID_FIELD',
    conn.sobject('Contact').upsert({ Emporix_Key__c: 't9', LastName: 'L', Account: { Pivotal_Key__c: 'none' } }, 'Emporix_Key__c'),
  );
});

check('an upsert by an unknown field is not found', async () => {
  await fails('NOT_FOUND', conn.sobject('Account').upsert({ Nope__c: 'x', Name: 'X' }, 'Nope__c'));
});

check('an upsert that several records match offers the choice', async () => {
  for (let i = 0; i < 2; i++) {
    await conn.sobject('UpsertTable__c').create({ ExtId__c: 'same' });
  }
  await fails('MULTIPLE_CHOICES', conn.sobject('UpsertTable__c').upsert({ ExtId__c: 'same', Name: 'X' }, 'ExtId__c'));
});

check('an array upsert answers row by row', async () => {
  const results = await conn
    .sobject('Contact')
    .upsert(contacts(['t1', 'Changed'], ['t2', 'New'], ['t3', '']), 'Emporix_Key__c', { allOrNone: false });
  assert.deepEqual(results.map((result) => result.success), [true, true, false]);
  assert.deepEqual(results.map((result) => result.created), [false, true, true]);
  assert.equal(results[2].errors[0].statusCode, 'REQUIRED_FIELD_MISSING');
});

check('an array upsert with all or none saves nothing', async () => {
  const results = await conn
    .sobject('Contact')
    .upsert(contacts(['t5', 'Five'], ['t6', '']), 'Emporix_Key__c', { allOrNone: true });
  assert.deepEqual(results.map((result) => result.errors[0].statusCode), [
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'REQUIRED_FIELD_MISSING',
  ]);
  assert.equal(results[0].created, true);
  assert.equal(await conn.sobject('Contact').count({ Emporix_Key__c: 't5' }), 0);
});

check('a key twice in an array fails both rows', async () => {
  const results = await conn
    .sobject('Contact')
    .upsert(contacts(['t7', 'A'], ['t7', 'B']), 'Emporix_Key__c', { allOrNone: false });
  assert.deepEqual(results.map((result) => result.errors[0].statusCode), ['DUPLICATE_VALUE', 'DUPLICATE_VALUE']);
});

check('an array upsert that several records match names them', async () => {
  const results = await conn
    .sobject('UpsertTable__c')
    .upsert([{ ExtId__c: 'same', Name: 'X' }], 'ExtId__c', { allOrNone: false });
  assert.equal(results[0].errors[0].statusCode, 'DUPLICATE_EXTERNAL_ID');
});

check('two hundred rows go in one call', async () => {
  const rows = contacts(...Array.from({ length: 200 }, (_, i) => [`many:${i}`, `Many ${i}`]));
  const results = await conn.sobject('Contact').upsert(rows, 'Emporix_Key__c', { allOrNone: false });
  assert.equal(results.filter((result) => result.success).length, 200);
});

check('more than two hundred rows are split when asked', async () => {
  const rows = contacts(...Array.from({ length: 250 }, (_, i) => [`more:${i}`, `More ${i}`]));
  const results = await conn.sobject('Contact').upsert(rows, 'Emporix_Key__c', { allowRecursive: true });
  assert.equal(results.length, 250);
});

check('old versions upsert too', async () => {
  const old = new jsforce.Connection({ instanceUrl: url, accessToken: conn.accessToken, version: '45.0' });
  const result = await old.sobject('Account').upsert({ Pivotal_Key__c: 'p1', Phone: '3' }, 'Pivotal_Key__c');
  assert.equal(result.success, true);
});

// Collections by id

check('arrays are created and updated', async () => {
  const created = await conn.sobject('Account').create([{ Name: 'A' }, { Name: '' }, { Name: 'C' }], { allOrNone: false });
  assert.deepEqual(created.map((result) => result.success), [true, false, true]);
  const updated = await conn.sobject('Account').update([
    { Id: created[0].id, Phone: '1' },
    { Id: created[2].id, Phone: '2' },
  ]);
  assert.ok(updated.every((result) => result.success));
});

check('an array create with all or none saves nothing', async () => {
  const results = await conn.sobject('Account').create([{ Name: 'Undone' }, { Name: '' }], { allOrNone: true });
  assert.equal(results[0].errors[0].statusCode, 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
  assert.equal(await conn.sobject('Account').count({ Name: 'Undone' }), 0);
});

// Delete

check('a record is deleted', async () => {
  const { id } = await conn.sobject('Account').create({ Name: 'Gone' });
  assert.equal((await conn.sobject('Account').destroy(id)).success, true);
  await fails('ENTITY_IS_DELETED', conn.sobject('Account').retrieve(id));
});

check('arrays are deleted', async () => {
  const created = await conn.sobject('Account').create([{ Name: 'Gone 1' }, { Name: 'Gone 2' }]);
  const results = await conn.sobject('Account').destroy(created.map((result) => result.id));
  assert.ok(results.every((result) => result.success));
});

check('what is deleted shows in queryAll only', async () => {
  assert.equal((await conn.query("SELECT Id FROM Account WHERE Name = 'Gone'")).totalSize, 0);
  const all = await conn.query("SELECT Id, IsDeleted FROM Account WHERE Name = 'Gone'", { scanAll: true });
  assert.equal(all.records[0].IsDeleted, true);
});

// Query

check('a query selects and orders', async () => {
  const result = await conn.query("SELECT Name, CreatedDate FROM Account WHERE Name IN ('Acme', 'Bolt') ORDER BY Name DESC");
  assert.equal(result.done, true);
  assert.deepEqual(result.records.map((record) => record.Name), ['Bolt', 'Acme']);
  assert.match(result.records[0].CreatedDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
});

check('a query counts', async () => {
  assert.equal((await conn.query('SELECT COUNT() FROM Organization')).totalSize, 1);
});

check('a long query comes in pages', async () => {
  let result = await conn.query("SELECT Id FROM Contact WHERE LastName LIKE 'M%'", {
    headers: { 'Sforce-Query-Options': 'batchSize=200' },
  });
  assert.equal(result.totalSize, 450);
  let read = result.records.length;
  while (!result.done) {
    result = await conn.queryMore(result.nextRecordsUrl, { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
    read += result.records.length;
  }
  assert.equal(read, 450);
});

check('jsforce fetches all pages by itself', async () => {
  const records = await conn
    .query("SELECT Id FROM Contact WHERE LastName LIKE 'M%'", {
      autoFetch: true,
      maxFetch: 1000,
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    })
    .then((result) => result.records);
  assert.equal(records.length, 450);
});

check('conditions as objects become queries', async () => {
  const found = await conn
    .sobject('Contact')
    .find({ LastName: { $like: 'Many 1%' }, CreatedDate: { $gte: jsforce.SfDate.YESTERDAY } }, 'Id, LastName')
    .sort({ LastName: -1 })
    .limit(3);
  assert.deepEqual(found.map((record) => record.LastName), ['Many 199', 'Many 198', 'Many 197']);
});

check('a text with a quote is escaped', async () => {
  await conn.sobject('Account').create({ Name: "O'Hara's Sons" });
  assert.equal(await conn.sobject('Account').count({ Name: "O'Hara's Sons" }), 1);
});

check('wrong queries are refused', async () => {
  await fails('MALFORMED_QUERY', conn.query('SELECT FROM Account'));
  await fails('INVALID_TYPE', conn.query('SELECT Id FROM Nothing'));
  await fails('INVALID_FIELD', conn.query('SELECT Nope FROM Account'));
});

// Describe and limits

check('an object is described', async () => {
  const account = await conn.sobject('Account').describe();
  const key = account.fields.find((field) => field.name === 'Pivotal_Key__c');
  assert.equal(key.externalId, true);
  assert.equal(key.unique, true);
  assert.equal(key.length, 128);
  assert.ok(account.childRelationships.some((child) => child.childSObject === 'Contact'));
});

check('all objects are listed', async () => {
  const { sobjects } = await conn.describeGlobal();
  for (const name of ['Account', 'Contact', 'Pivotal_Onboarding__c', 'Pivotal_Task__c']) {
    assert.ok(sobjects.some((sobject) => sobject.name === name), name);
  }
});

check('limits and the usage header agree', async () => {
  const limits = await conn.limits();
  const { used, limit } = conn.limitInfo.apiUsage;
  assert.equal(limit, limits.DailyApiRequests.Max);
  assert.equal(limits.DailyApiRequests.Remaining, limit - used);
});

// Composite and bulk

check('a composite refers to its own answers', async () => {
  const answer = await conn.requestPost('/composite', {
    compositeRequest: [
      { method: 'POST', url: '/services/data/v62.0/sobjects/Account', referenceId: 'a', body: { Name: 'Composite' } },
      {
        method: 'POST',
        url: '/services/data/v62.0/sobjects/Contact',
        referenceId: 'c',
        body: { LastName: 'Composite', AccountId: '@{a.id}' },
      },
    ],
  });
  assert.deepEqual(answer.compositeResponse.map((part) => part.httpStatusCode), [201, 201]);
});

check('bulk 2.0 loads and waits', async () => {
  const result = await conn.bulk2.loadAndWaitForResults({
    object: 'Contact',
    operation: 'upsert',
    externalIdFieldName: 'Emporix_Key__c',
    input: contacts(['bulk:1', 'Bulk, "one"'], ['bulk:2', 'Bulk two'], ['bulk:3', '']),
    pollInterval: 50,
    pollTimeout: 10_000,
  });
  assert.equal(result.successfulResults.length, 2);
  assert.equal(result.successfulResults[0].sf__Created, 'true');
  assert.equal(result.successfulResults[0].LastName, 'Bulk, "one"');
  assert.equal(result.failedResults.length, 1);
  assert.match(result.failedResults[0].sf__Error, /^REQUIRED_FIELD_MISSING/);
  assert.equal(result.unprocessedRecords.length, 0);
});

check('bulk 2.0 jobs can be taken step by step', async () => {
  const job = conn.bulk2.createJob({ operation: 'insert', object: 'Account' });
  await job.open();
  await job.uploadData('Name\nBulk account\n');
  await job.close();
  await job.poll(50, 10_000);
  const info = await job.check();
  assert.equal(info.state, 'JobComplete');
  assert.equal(info.numberRecordsProcessed, 1);
  await job.delete();
});

check('a bulk 2.0 job with an unknown column fails', async () => {
  const job = conn.bulk2.createJob({ operation: 'insert', object: 'Account' });
  await job.open();
  await job.uploadData('Nope__c\nx\n');
  await job.close();
  await assert.rejects(job.poll(50, 10_000), /Field name not found : Nope__c/);
});

let passed = 0;
for (const { name, run } of cases) {
  try {
    await run();
    passed++;
    console.log(`ok   ${name}`);
  } catch (error) {
    console.log(`FAIL ${name}\n     ${error.stack.replaceAll('\n', '\n     ')}`);
  }
}
console.log(`${passed} of ${cases.length} cases passed`);
process.exit(passed === cases.length ? 0 : 1);
