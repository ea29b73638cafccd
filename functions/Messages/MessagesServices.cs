using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Messages;

/// <summary>What the slice is made of.</summary>
public static class MessagesServices
{
    public static IServiceCollection AddMessages(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<MailOptions>(configuration, MailOptions.Section)
        .AddSingleton<SmtpMail>()
        .AddSingleton<OfficerMail>()
        .AddSingleton<IPersonInCharge, UntoldRecipientMail>()
        .AddSingleton<IErasedPerson, ErasureMail>()
        .AddSingleton<ConsentQuestion>()
        .AddSingleton<OrderNotificationMail>()
        .AddSingleton<PolicyReviewReminder>();
}
