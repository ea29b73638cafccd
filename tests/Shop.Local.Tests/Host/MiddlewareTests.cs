using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shop.Local.Tests.Host;

public sealed class MiddlewareTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Middleware_runs_in_order_around_the_function_and_before_its_result()
    {
        var steps = new Steps();
        await using var host = await TestHost.StartAsync<MiddlewareFunctions>(new() { Configure = app => Configure(app, steps) });

        (await host.Http.GetStringAsync("api/result", Cancellation)).ShouldBe("done");

        steps.ShouldBe(["first in", "second in", "function", "second out", "first out", "result"]);
    }

    [Fact]
    public async Task Middleware_may_answer_itself_and_the_function_does_not_run()
    {
        var steps = new Steps();
        await using var host = await TestHost.StartAsync<MiddlewareFunctions>(new()
        {
            Configure = app =>
            {
                app.Services.AddSingleton(steps);
                app.UseMiddleware((context, _) => Results.Text("not you", statusCode: 403).ExecuteAsync(context.GetHttpContext()!));
            },
        });

        var answer = await host.Http.GetAsync("api/result", Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("not you");
        steps.ShouldBeEmpty();
    }

    [Fact]
    public async Task Middleware_function_and_request_share_one_scope_which_ends_with_the_call()
    {
        var scopes = new Steps();
        await using var host = await TestHost.StartAsync<MiddlewareFunctions>(new()
        {
            Configure = app =>
            {
                app.Services.AddSingleton(scopes).AddScoped<Scoped>();
                app.UseMiddleware((context, next) =>
                {
                    scopes.Add(context.InstanceServices.GetRequiredService<Scoped>().Id);
                    scopes.Add(context.GetHttpContext()!.RequestServices.GetRequiredService<Scoped>().Id);
                    return next();
                });
            },
        });

        var finished = host.Host.NextInvocationAsync(_ => true, Cancellation);
        scopes.Add(await host.Http.GetStringAsync("api/scope", Cancellation));
        await finished;
        (await host.Http.GetStringAsync("api/scope", Cancellation)).ShouldNotBe(scopes[0]);

        scopes.Take(3).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_context_tells_who_was_called_and_for_whom()
    {
        await using var host = await TestHost.StartAsync<MiddlewareFunctions>();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/context/x1");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var told = (await (await host.Http.SendAsync(request, Cancellation)).Content.ReadAsStringAsync(Cancellation)).Split('|');

        told[0].ShouldBe("Context");
        told[1].ShouldBe("Shop.Local.Tests.Host.MiddlewareFunctions.Context");
        told[2].ShouldBe("httpTrigger");
        told[3].ShouldBe("x1");
        Guid.TryParse(told[4], out _).ShouldBeTrue();
        told[5].ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
        // As in the worker, where the host's activity is another process's.
        told[6].ShouldBeEmpty();
    }

    [Theory]
    [InlineData("api/throws")]
    [InlineData("api/throws-later")]
    public async Task An_exception_is_answered_500_without_a_body(string path)
    {
        await using var host = await TestHost.StartAsync<MiddlewareFunctions>();
        var finished = host.Host.NextInvocationAsync(_ => true, Cancellation);

        var answer = await host.Http.GetAsync(path, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBeEmpty();
        answer.Headers.Contains("X-Before").ShouldBeFalse();
        (await finished).Error.ShouldBeOfType<TimeZoneNotFoundException>();
        (await finished).StatusCode.ShouldBe(500);
    }

    [Theory]
    [InlineData("api/action", 418, "{\"name\":\"kettle\"}", "application/json; charset=utf-8")]
    // The worker writes results only, and the host has no answer to write a value into.
    [InlineData("api/poco", 200, "", null)]
    [InlineData("api/text", 200, "", null)]
    [InlineData("api/own", 201, "by hand", null)]
    [InlineData("api/void", 200, "", null)]
    public async Task Results_of_each_kind_are_written(string path, int status, string body, string? type)
    {
        await using var host = await TestHost.StartAsync<MiddlewareFunctions>();

        var answer = await host.Http.GetAsync(path, Cancellation);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe(body);
        answer.Content.Headers.ContentType?.ToString().ShouldBe(type);
    }

    [Fact]
    public async Task A_test_can_replace_what_the_app_registers()
    {
        var theirs = new Steps();
        var ours = new Steps();
        await using var host = await TestHost.StartAsync<MiddlewareFunctions>(new()
        {
            Configure = app => app.Services.AddSingleton(theirs),
            Override = services => services.AddSingleton(ours),
        });

        await host.Http.GetAsync("api/result", Cancellation);

        theirs.ShouldBeEmpty();
        ours.ShouldContain("function");
    }

    private static void Configure(IFunctionsWorkerApplicationBuilder app, Steps steps)
    {
        app.Services.AddSingleton(steps);
        app.UseMiddleware<First>();
        app.UseMiddleware(async (context, next) =>
        {
            context.GetHttpContext().ShouldNotBeNull();
            steps.Add("second in");
            await next();
            steps.Add("second out");
        });
        app.UseWhen<First>(context => context.FunctionDefinition.Name == "Nobody");
    }

    public sealed class Steps : List<string>;

    public sealed class Scoped
    {
        public string Id { get; } = Guid.NewGuid().ToString();
    }

    public sealed record Appliance(string Name);

    private sealed class First(Steps steps) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            steps.Add("first in");
            await next(context);
            steps.Add("first out");
        }
    }

    internal sealed class Told(Steps steps, string step, IResult result) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            steps.Add(step);
            return result.ExecuteAsync(httpContext);
        }
    }

    internal sealed class Broken : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers["X-Before"] = "1";
            throw new TimeZoneNotFoundException();
        }
    }
}
