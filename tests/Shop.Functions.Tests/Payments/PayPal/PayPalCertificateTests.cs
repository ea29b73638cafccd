using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>Which certificates count, and what their being out of reach means.</summary>
public sealed class PayPalCertificateTests(PayPalShop one) : IClassFixture<PayPalShop>
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(PayPalSigner.Event);

    private DateTimeOffset Now => one.Shop.Clock.GetUtcNow();

    [Fact]
    public async Task A_certificate_is_fetched_once()
    {
        one.Host.Serve("CERT-once", PayPalSigner.Leaf);
        one.Host.Forget();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DeliverAsync("CERT-once")));
        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
        one.Host.Asked.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_may_come_with_the_certificates_above_it()
    {
        one.Host.Serve("CERT-chain", PayPalSigner.Leaf, PayPalSigner.Root);
        (await DeliverAsync("CERT-chain")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_that_is_made_out_to_somebody_else_does_not_count()
    {
        foreach (var (index, name) in ((string[])["messageverificationcerts.paypal.com", "evil.example", "x." + PayPalSigner.Name, "*.sandbox.paypal.com"]).Index())
            await DoesNotCountAsync(() => one.Host.Serve($"CERT-name-{index}", PayPalSigner.Issue(name, Now.AddDays(-1), Now.AddDays(1))), $"CERT-name-{index}");
    }

    [Fact]
    public Task One_that_has_expired_does_not_count() =>
        DoesNotCountAsync(() => one.Host.Serve("CERT-old", PayPalSigner.Issue(PayPalSigner.Name, Now.AddDays(-9), Now.AddDays(-1))), "CERT-old");

    [Fact]
    public Task One_of_tomorrow_does_not_count() =>
        DoesNotCountAsync(() => one.Host.Serve("CERT-new", PayPalSigner.Issue(PayPalSigner.Name, Now.AddDays(1), Now.AddDays(9))), "CERT-new");

    [Fact]
    public async Task One_that_somebody_else_has_issued_does_not_count()
    {
        using var stranger = PayPalSigner.SelfSigned("CN=Somebody");
        await DoesNotCountAsync(() => one.Host.Serve("CERT-stranger", PayPalSigner.Issue(PayPalSigner.Name, Now.AddDays(-1), Now.AddDays(1), stranger), stranger), "CERT-stranger");
    }

    [Theory]
    [InlineData("CERT-empty", "")]
    [InlineData("CERT-page", "<html>Not here</html>")]
    [InlineData("CERT-noise", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public Task What_is_no_certificate_does_not_count(string id, string text) => DoesNotCountAsync(() => one.Host.Serve(id, text), id);

    [Fact]
    public async Task One_that_paypal_does_not_have_does_not_count() => (await DeliverAsync("CERT-nowhere")).ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task While_paypal_does_not_answer_the_delivery_is_to_come_again()
    {
        foreach (var status in (int[])[500, 503, 429, 401])
        {
            one.Host.Fail("CERT-later", status);
            (await DeliverAsync("CERT-later")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        one.Host.Answers["/v1/notifications/certs/CERT-later"] = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        (await DeliverAsync("CERT-later")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        one.Host.Serve("CERT-later", PayPalSigner.Leaf);
        (await DeliverAsync("CERT-later")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        one.Host.Fail("CERT-moved", StatusCodes.Status302Found, "/v1/notifications/certs/CERT-1");
        one.Host.Forget();
        (await DeliverAsync("CERT-moved")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        one.Host.Asked.ShouldHaveSingleItem().Call.ShouldEndWith("/CERT-moved");
    }

    [Fact]
    public async Task One_that_never_ends_is_not_read_to_its_end()
    {
        var sent = 0;
        one.Host.Answers["/v1/notifications/certs/CERT-endless"] = async context =>
        {
            // Past the web server, which goes on taking what is written for a while after the other side has gone.
            var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
            try
            {
                await socket.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
                for (; sent < 10_000; sent++) await socket.SendAsync(new byte[4096], TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                // The shop has hung up.
            }

            context.Abort();
        };
        (await DeliverAsync("CERT-endless")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        sent.ShouldBeLessThan(10_000);
    }

    [Fact]
    public async Task An_address_with_nothing_at_it_is_asked_once_in_ten_minutes()
    {
        one.Host.Forget();
        for (var i = 0; i < 5; i++) (await DeliverAsync("CERT-made-up")).ShouldBe(HttpStatusCode.BadRequest);
        one.Host.Asked.ShouldHaveSingleItem();
        one.Shop.Clock.Advance(TimeSpan.FromMinutes(10));
        one.Host.Serve("CERT-made-up", PayPalSigner.Leaf);
        (await DeliverAsync("CERT-made-up")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sixty_made_up_addresses_hold_up_no_genuine_delivery()
    {
        (await DeliverAsync("CERT-1")).ShouldBe(HttpStatusCode.OK);
        var (asked, answer) = (new SemaphoreSlim(0), new TaskCompletionSource());
        for (var i = 0; i < 60; i++)
        {
            one.Host.Answers[$"/v1/notifications/certs/CERT-forged-{i}"] = async context =>
            {
                asked.Release();
                await answer.Task;
                context.Response.StatusCode = 404;
            };
        }

        var forged = Enumerable.Range(0, 60).Select(i => DeliverAsync($"CERT-forged-{i}")).ToList();
        for (var i = 0; i < 4; i++) await asked.WaitAsync(TestContext.Current.CancellationToken);
        // All others are answered while those four are still looked up.
        while (forged.Count > 4)
        {
            var first = await Task.WhenAny(forged);
            (await first).ShouldBe(HttpStatusCode.ServiceUnavailable);
            forged.Remove(first);
        }

        (await DeliverAsync("CERT-1")).ShouldBe(HttpStatusCode.OK, "its certificate is known");
        answer.SetResult();
        (await Task.WhenAll(forged)).ShouldAllBe(status => status == HttpStatusCode.BadRequest);
        asked.CurrentCount.ShouldBe(0);
    }

    private async Task DoesNotCountAsync(Action serve, string id)
    {
        serve();
        (await DeliverAsync(id)).ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<HttpStatusCode> DeliverAsync(string certificate) =>
        (await one.Shop.DeliverAsync(Bytes, PayPalSigner.Sign(Bytes, certificate: certificate))).StatusCode;
}

/// <summary>With a clock that runs ahead.</summary>
public sealed class PayPalCertificateCacheTests(StorageEmulator emulator)
{
    [Fact]
    public async Task A_certificate_is_kept_until_it_expires_and_fetched_anew_after_that()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await RunningShop.StartAsync(emulator, host.Settings);
        (await shop.DeliverAsync(PayPalSigner.Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Clock.Advance(TimeSpan.FromDays(29));
        (await shop.DeliverAsync(PayPalSigner.Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Asked.ShouldHaveSingleItem();

        shop.Clock.Advance(TimeSpan.FromDays(2));
        (await shop.DeliverAsync(PayPalSigner.Event)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        host.Asked.Count.ShouldBe(2);
        host.Serve("CERT-1", PayPalSigner.Issue(PayPalSigner.Name, shop.Clock.GetUtcNow().AddDays(-1), shop.Clock.GetUtcNow().AddDays(9)));
        (await shop.DeliverAsync(PayPalSigner.Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
