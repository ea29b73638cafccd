using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.Visitors;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Platform.Visitors;

/// <summary>What holds back a flood from people who need not sign in: a count in memory, and work.</summary>
public sealed class VisitorsTests
{
    private readonly ManualClock _clock = new(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Each_key_has_its_share_and_a_new_one_after_the_time()
    {
        var limit = new RateLimit(2, TimeSpan.FromHours(1), _clock);
        (limit.TryTake("a"), limit.TryTake("a"), limit.TryTake("a"), limit.TryTake("b")).ShouldBe((true, true, false, true));
        limit.GiveBack("a");
        (limit.TryTake("a"), limit.TryTake("a")).ShouldBe((true, false));
        _clock.Advance(TimeSpan.FromHours(1));
        limit.TryTake("a").ShouldBeTrue();
    }

    [Fact]
    public void Memory_is_bounded_and_a_flood_of_addresses_shuts_nobody_out()
    {
        var limit = new RateLimit(1, TimeSpan.FromHours(1), _clock);
        for (var i = 0; i < RateLimit.MostKeys; i++) limit.TryTake($"{i}").ShouldBeTrue();
        limit.TryTake("0").ShouldBeFalse();
        limit.TryTake("somebody else").ShouldBeTrue();
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010DB800010002")]
    [InlineData("2001:db8:1:2::1", "20010DB800010002")]
    [InlineData(null, "")]
    public void A_household_is_counted_as_one(string? address, string key)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        Visitor.KeyOf(http.Request).ShouldBe(key);
    }

    /// <summary>Azure's front end appends what it saw to what the client sent; the host on the same machine hands that on.</summary>
    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("198.51.100.7:51234", "198.51.100.7")]
    [InlineData("203.0.113.9, 198.51.100.7:51234", "198.51.100.7")]
    [InlineData("203.0.113.9:80,127.0.0.1, [2001:db8:1:2:3::4]:443", "20010DB800010002")]
    [InlineData("127.0.0.1, 127.0.0.2", "127.0.0.2")]
    [InlineData("198.51.100.7, nonsense", "127.0.0.1")]
    public async Task A_visitor_is_who_the_front_end_saw_and_not_who_they_say_they_are(string forwarded, string key)
    {
        (await ForwardedAsync("127.0.0.1", forwarded)).Key.ShouldBe(key);
        (await ForwardedAsync("192.0.2.1", forwarded)).Key.ShouldBe("192.0.2.1", "only the host on this machine speaks for the front end");
    }

    [Fact]
    public async Task What_a_client_says_of_host_scheme_and_prefix_is_not_believed()
    {
        var (_, request) = await ForwardedAsync("127.0.0.1", "198.51.100.7", ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "ftp"), ("X-Forwarded-Prefix", "/evil"), ("X-Original-For", "203.0.113.9"), ("Client-IP", "203.0.113.9"));
        (request.Host.Value, request.Scheme, request.PathBase.Value).ShouldBe(("api.example.com", "https", ""));
        Visitor.KeyOf(request).ShouldBe("198.51.100.7");
    }

    [Fact]
    public void Work_that_is_done_counts_once_and_for_what_it_was_asked_for()
    {
        var proofs = Proofs();
        var challenge = proofs.Ask("contact");
        challenge.ExpiresAt.ShouldBe(_clock.GetUtcNow().AddMinutes(10));
        var proof = Work.Done(challenge.Token);
        proofs.Take("newsletter", proof, out _).ShouldBe(ProofOfWork.NotDone);
        proofs.Take("contact", proof, out var id).ShouldBeNull();
        proofs.Take("contact", proof, out _).ShouldBe(ProofOfWork.UsedUp);
        proofs.GiveBack(id);
        proofs.Take("contact", proof, out var again).ShouldBeNull("what it was for has failed");
        again.ShouldBe(id);
    }

    [Fact]
    public void Work_that_is_not_done_or_is_out_of_date_does_not_count()
    {
        var proofs = Proofs();
        var proof = Work.Done(proofs.Ask("contact").Token);
        foreach (var wrong in new[] { proof with { Answer = "x" }, proof with { Challenge = "x" }, Work.Done("made up by a visitor"), new Proof("", "") })
            proofs.Take("contact", wrong, out _).ShouldBe(ProofOfWork.NotDone);
        _clock.Advance(TimeSpan.FromMinutes(10));
        proofs.Take("contact", proof, out _).ShouldBe(ProofOfWork.NotDone);
    }

    /// <summary>A request behind the worker's own step that reads such headers, with the worker's options and then the app's.</summary>
    private static async Task<(string Key, HttpRequest Request)> ForwardedAsync(string from, string forwarded, params (string Name, string Value)[] headers)
    {
        using var services = new ServiceCollection().AddLogging().Configure<ForwardedHeadersOptions>(worker => worker.ForwardedHeaders = ForwardedHeaders.All).AddVisitors().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        (http.Request.Host, http.Request.Scheme, http.Connection.RemoteIpAddress) = (new("api.example.com"), "https", IPAddress.Parse(from));
        http.Request.Headers["X-Forwarded-For"] = forwarded;
        foreach (var (name, value) in headers) http.Request.Headers[name] = value;
        var app = new ApplicationBuilder(services);
        await app.UseForwardedHeaders().Build()(http);
        return (Visitor.KeyOf(http.Request), http.Request);
    }

    private ProofOfWork Proofs()
    {
        var options = new LinkOptions { Keys = [Convert.ToBase64String(new byte[32])], Address = "https://api.example.com" };
        return new(new SignedLinks(Options.Create(options), _clock), _clock);
    }
}
