using Azure;
using Azure.Data.Tables;

namespace Shop.Packages.Tests.Tables;

public sealed class TableServiceTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_is_created_once_and_deleted_without_fuss()
    {
        var service = new TableServiceClient(storage.ConnectionString);
        var name = $"t{Guid.NewGuid():N}";

        var created = await service.CreateTableAsync(name, Stop);
        var again = await service.CreateTableIfNotExistsAsync(name, Stop);
        var refused = await Should.ThrowAsync<RequestFailedException>(() => service.CreateTableAsync(name, Stop));
        var deleted = await service.DeleteTableAsync(name, Stop);
        var gone = await service.DeleteTableAsync(name, Stop);

        created.Value.Name.ShouldBe(name);
        again.Value.Name.ShouldBe(name);
        again.GetRawResponse().Status.ShouldBe(409);
        (refused.Status, refused.ErrorCode).ShouldBe((409, "TableAlreadyExists"));
        (deleted.Status, gone.Status).ShouldBe((204, 404));
    }

    [Fact]
    public async Task Tables_are_listed_and_found_by_name()
    {
        var service = new TableServiceClient(storage.ConnectionString);
        var name = $"t{Guid.NewGuid():N}";
        await service.GetTableClient(name).CreateIfNotExistsAsync(Stop);

        var all = await service.QueryAsync(cancellationToken: Stop).Select(table => table.Name).ToListAsync(Stop);
        var found = await service.QueryAsync($"TableName eq '{name}'", cancellationToken: Stop).ToListAsync(Stop);
        var byLambda = await service.QueryAsync(table => table.Name == name, cancellationToken: Stop).ToListAsync(Stop);

        all.ShouldContain(name);
        found.ShouldHaveSingleItem().Name.ShouldBe(name);
        byLambda.ShouldHaveSingleItem().Name.ShouldBe(name);
    }

    [Fact]
    public async Task A_shared_key_opens_the_same_account()
    {
        const string key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        var byConnectionString = await storage.NewTableAsync();
        var byKey = new TableClient(storage.TableEndpoint, byConnectionString.Name, new TableSharedKeyCredential("devstoreaccount1", key));

        await byKey.AddEntityAsync(new TableEntity("p", "r"), Stop);

        byKey.Uri.ShouldBe(byConnectionString.Uri);
        byKey.AccountName.ShouldBe("devstoreaccount1");
        (await byConnectionString.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Stop)).HasValue.ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        var wrong = new TableServiceClient(storage.TableEndpoint, new TableSharedKeyCredential("devstoreaccount1", Convert.ToBase64String(new byte[64])));

        var refused = await Should.ThrowAsync<RequestFailedException>(() => wrong.CreateTableAsync("t", Stop));

        refused.Status.ShouldBe(403);
    }

    [Fact]
    public void Connection_strings_say_where_the_tables_are()
    {
        new TableServiceClient("UseDevelopmentStorage=true").Uri.ShouldBe(new Uri("http://127.0.0.1:10002/devstoreaccount1"));
        new TableClient("AccountName=acme;AccountKey=AAAA;EndpointSuffix=core.windows.net", "orders").Uri
            .ShouldBe(new Uri("https://acme.table.core.windows.net/orders"));
        new TableServiceClient("DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=AAAA;EndpointSuffix=core.windows.net")
            .AccountName.ShouldBe("acme");
        Should.Throw<InvalidOperationException>(() => new TableServiceClient("nonsense"));
        Should.Throw<ArgumentException>(() => new TableServiceClient("AccountName=acme"));
    }
}
