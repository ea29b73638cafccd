using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Messages;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Contact;

/// <summary>What the slice is made of.</summary>
public static class ContactServices
{
    public static IServiceCollection AddContact(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<ContactOptions>(configuration, ContactOptions.Section)
        .AddSingleton<IRecipient, DeskRecipient>()
        .AddSingleton<ICustomerDesk, SupportDesk>();
}
