using Azure;
using Azure.Data.Tables;

namespace Shop.Packages.Tests.Tables;

public sealed class TransactionTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_kinds_of_action_are_carried_out_together()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p'1", "merge me") { ["Old"] = 1 }, Stop);
        await table.AddEntityAsync(new TableEntity("p'1", "replace") { ["Old"] = 1 }, Stop);
        var version = (await table.AddEntityAsync(new TableEntity("p'1", "delete") { ["Old"] = 1 }, Stop)).Headers.ETag!.Value;

        var answer = await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity("p'1", "add é") { ["New"] = "ü" }),
                new(TableTransactionActionType.UpdateMerge, new TableEntity("p'1", "merge me") { ["New"] = 2 }, ETag.All),
                new(TableTransactionActionType.UpdateReplace, new TableEntity("p'1", "replace") { ["New"] = 3 }, ETag.All),
                new(TableTransactionActionType.Delete, new TableEntity("p'1", "delete"), version),
                new(TableTransactionActionType.UpsertMerge, new TableEntity("p'1", "upsert 1") { ["New"] = 4L }),
                new(TableTransactionActionType.UpsertReplace, new TableEntity("p'1", "upsert 2") { ["New"] = 5.5 }),
            ],
            Stop);

        answer.Value.Select(response => response.Status).ShouldAllBe(status => status == 204 || status == 201);
        answer.Value.Count.ShouldBe(6);
        var rows = await table.QueryAsync<TableEntity>(cancellationToken: Stop).ToDictionaryAsync(entity => entity.RowKey, cancellationToken: Stop);
        rows.Keys.Order(StringComparer.Ordinal).ShouldBe(["add é", "merge me", "replace", "upsert 1", "upsert 2"]);
        rows["add é"]["New"].ShouldBe("ü");
        rows["merge me"].GetInt32("Old").ShouldBe(1);
        rows["replace"].ContainsKey("Old").ShouldBeFalse();
        rows["upsert 1"]["New"].ShouldBe(4L);
        rows["upsert 2"]["New"].ShouldBe(5.5);
        answer.Value[0].Headers.ETag.ShouldBe(rows["add é"].ETag);
    }

    [Fact]
    public async Task One_refused_action_refuses_all_and_is_named()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "there"), Stop);

        var refused = await Should.ThrowAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Add, new TableEntity("p", "first")),
                    new(TableTransactionActionType.Add, new TableEntity("p", "there")),
                    new(TableTransactionActionType.Add, new TableEntity("p", "last")),
                ],
                Stop));

        refused.Status.ShouldBe(409);
        refused.ErrorCode.ShouldBe("EntityAlreadyExists");
        refused.FailedTransactionActionIndex.ShouldBe(1);
        (await table.QueryAsync<TableEntity>(cancellationToken: Stop).ToListAsync(Stop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_old_version_refuses_the_transaction()
    {
        var table = await storage.NewTableAsync();
        var old = (await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop)).Headers.ETag!.Value;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, TableUpdateMode.Replace, Stop);

        var refused = await Should.ThrowAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "r") { ["N"] = 3 }, old)], Stop));

        refused.Status.ShouldBe(412);
        refused.FailedTransactionActionIndex.ShouldBe(0);
    }

    [Fact]
    public async Task A_transaction_needs_actions()
    {
        var table = await storage.NewTableAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => table.SubmitTransactionAsync([], Stop));
        await Should.ThrowAsync<ArgumentNullException>(() => table.SubmitTransactionAsync(null!, Stop));
    }
}
