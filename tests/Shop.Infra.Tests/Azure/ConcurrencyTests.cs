using Shop.Functions.Tracking;
using Shop.Infra.Tests.Compiled;

namespace Shop.Infra.Tests.Azure;

/// <summary>How many requests an instance answers at once is stated, for the app counts on it.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public void Streams_take_half_of_what_an_instance_answers_at_once() =>
        new[] { Template.Default, Template.Everything }.Select(snapshot => snapshot.Single("Microsoft.Web/sites").At("properties.functionAppConfig.scaleAndConcurrency.triggers.http.perInstanceConcurrency").GetInt32())
            .ShouldAllBe(atOnce => atOnce == 2 * OpenStreams.Most);
}
