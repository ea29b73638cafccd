using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Operations.DeadLetters;
using Shop.Functions.Operations.Health;

namespace Shop.Functions.Operations;

/// <summary>What the slice is made of.</summary>
public static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services.AddSingleton<Redrive>().AddSingleton<StorageProbe>();
}
