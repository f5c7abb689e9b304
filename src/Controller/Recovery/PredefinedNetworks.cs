using Net.Cnm.Errors;
using Net.Controller.Operations;
using Net.Controller.Requests;
using Net.Controller.Runners;

namespace Net.Controller.Recovery;

/// <summary>The predefined networks, which always exist: bridge, host and none.</summary>
internal static class PredefinedNetworks
{
    /// <summary>The requests that create them.</summary>
    public static IReadOnlyList<NetworkCreateRequest> Requests(ControllerOptions options) =>
    [
        new()
        {
            Name = "bridge",
            Driver = "bridge",
            EnableIPv6 = options.DefaultBridgeIPv6,
            Options = options.DefaultBridgeOptions,
            Subnets = options.DefaultBridgeAddress is { } address
                ? [new SubnetRequest { Subnet = address.Subnet, Gateway = address.Address }]
                : [],
        },
        new() { Name = "host", Driver = "host" },
        new() { Name = "none", Driver = "null" },
    ];

    /// <summary>Creates those that are missing, in the model and the store only. Runs inside the operation queue.</summary>
    /// <returns>What could not be stored, each a sentence: <see cref="MakeMissingAsync"/> makes it later.</returns>
    public static async Task<List<string>> StoreMissingAsync(ControllerParts parts, CancellationToken cancellationToken)
    {
        var unsaved = new List<string>();
        foreach (CreateNetwork operation in await MissingAsync(parts, cancellationToken))
        {
            Draft draft = parts.Runner.NewDraft();
            try
            {
                NetworkCreated created = await operation.ResolveAsync(draft, cancellationToken);
                parts.Runner.StoreOnly(draft);
                foreach (string warning in created.Warnings)
                {
                    parts.Log.Warning(warning);
                }
            }
            catch (CnmException error) when (error.Kind == CnmErrorKind.Unavailable)
            {
                await draft.Reservations.UndoAsync();
                unsaved.Add(error.Message);
            }
            catch
            {
                await draft.Reservations.UndoAsync();
                throw;
            }
        }

        return unsaved;
    }

    /// <summary>Creates those that could not be stored before, in the kernel too. Runs inside the operation queue.</summary>
    public static async Task MakeMissingAsync(ControllerParts parts, CancellationToken cancellationToken)
    {
        foreach (CreateNetwork operation in await MissingAsync(parts, cancellationToken))
        {
            await parts.Runner.RunAsync(operation, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<CreateNetwork>> MissingAsync(ControllerParts parts, CancellationToken cancellationToken)
    {
        bool unknownRun = (await new ShimRecovery(parts).FindUnknownAsync(cancellationToken)).Count > 0;
        IEnumerable<NetworkCreateRequest> missing =
            Requests(parts.Options).Where(request => !parts.Model.Current.NetworkNames.ContainsKey(request.Name));
        return
        [
            .. missing.Select(request => new CreateNetwork(request, parts.Drivers, parts.Time)
            {
                IsPredefined = true,
                AvoidsPresentSubnet = unknownRun,
            }),
        ];
    }
}
