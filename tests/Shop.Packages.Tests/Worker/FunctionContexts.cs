using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Packages.Tests.Worker;

public sealed class FunctionContexts
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().BuildServiceProvider();

    [Fact]
    public void The_request_is_found_under_the_key_that_a_host_puts_it()
    {
        var request = new DefaultHttpContext();
        var invocation = new Invocation(Services);
        invocation.Items["HttpRequestContext"] = request;

        invocation.GetHttpContext().ShouldBeSameAs(request);
    }

    [Fact]
    public void An_invocation_that_no_request_triggered_has_none()
    {
        var invocation = new Invocation(Services);
        invocation.GetHttpContext().ShouldBeNull();

        invocation.Items["HttpRequestContext"] = "not a request";
        invocation.GetHttpContext().ShouldBeNull();
    }

    [Fact]
    public void Loggers_come_from_the_services_of_the_invocation()
    {
        var invocation = new Invocation(Services);

        invocation.GetLogger<FunctionContexts>().ShouldNotBeNull();
        invocation.GetLogger("orders").ShouldNotBeNull();
    }

    [Fact]
    public void A_result_is_only_known_to_contexts_of_the_workers_own_making()
    {
        var invocation = new Invocation(Services);

        Should.Throw<InvalidOperationException>(() => invocation.GetInvocationResult());
        Should.Throw<InvalidOperationException>(() => invocation.GetInvocationResult<string>());
    }

    [Fact]
    public void What_an_implementation_does_not_say_has_a_harmless_default()
    {
        FunctionContext invocation = new Invocation(Services);

        invocation.CancellationToken.ShouldBe(CancellationToken.None);
        invocation.TraceContext.Attributes.ShouldBeEmpty();
        invocation.TraceContext.Baggage.ShouldBeEmpty();
    }

    [Fact]
    public void A_parameter_knows_whether_it_takes_null_and_what_it_defaults_to()
    {
        var parameters = new Invocation(Services).FunctionDefinition.Parameters;

        parameters[0].IsReferenceOrNullableType.ShouldBeFalse();
        parameters[0].HasDefaultValue.ShouldBeFalse();
        parameters[0].Properties.ShouldBeEmpty();
        parameters[1].IsReferenceOrNullableType.ShouldBeTrue();
        parameters[1].HasDefaultValue.ShouldBeTrue();
        parameters[1].DefaultValue.ShouldBe("none");
        new FunctionParameter("count", typeof(int?)).IsReferenceOrNullableType.ShouldBeTrue();
        Should.Throw<ArgumentNullException>(() => new FunctionParameter(null!, typeof(int)));
    }
}
