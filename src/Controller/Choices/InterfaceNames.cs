using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Controller.Runners;

namespace Net.Controller.Choices;

/// <summary>Chooses the names of a sandbox's interfaces: a prefix and the place in the order of connection, or the next number that no
/// other interface has.</summary>
internal static class InterfaceNames
{
    /// <summary>The name of a new interface. In a namespace that is there already, a number that is taken by what another program or the
    /// container itself has made is found out by trying, and the operation then asks again.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="order">The place in the order of connection.</param>
    public static string Choose(Draft draft, Sandbox sandbox, string prefix, int order)
    {
        HashSet<string> taken = [.. draft.Edit.Now.EndpointsOf(sandbox.Id).Select(endpoint => endpoint.InterfaceName)];
        if (sandbox.Adopts is not null || sandbox.HasNetworkStack)
        {
            draft.RecordPickedName();
            for (int attempt = 0; attempt < draft.Attempt; attempt++)
            {
                taken.Add(Next(taken, prefix, order));
            }
        }

        return Next(taken, prefix, order);
    }

    /// <summary>Names the interfaces of a sandbox that is started anew, in the order of connection. Those that the user named keep their
    /// names, and so do all in a namespace of another program; what a plug-in makes is named when it has answered.</summary>
    public static void Renew(Draft draft, SandboxId id, DriverDirectory drivers)
    {
        ModelSnapshot model = draft.Edit.Now;
        IReadOnlyList<Endpoint> endpoints = model.EndpointsOf(id);
        Endpoint[] picked = model[id].Adopts is not null ? [] : [.. endpoints.Where(endpoint => IsPicked(endpoint, model))];
        HashSet<string> taken = [.. endpoints.Except(picked).Select(endpoint => endpoint.InterfaceName)];
        for (int order = 0; order < endpoints.Count; order++)
        {
            Endpoint endpoint = endpoints[order];
            if (!picked.Contains(endpoint))
            {
                continue;
            }

            string prefix = drivers.Open(model[endpoint.Network], draft.Host.Facts).InterfacePrefix;
            string name = Next(taken, prefix, order);
            taken.Add(name);
            if (name != endpoint.InterfaceName)
            {
                draft.Edit.Put(endpoint with { InterfaceName = name });
            }
        }
    }

    private static bool IsPicked(Endpoint endpoint, ModelSnapshot model) =>
        endpoint.InterfaceName.Length > 0
        && model[endpoint.Network].Plugged is not { HasDriver: true }
        && (endpoint.DriverOptions is not { } options || EndpointOptions.Parse(options).InterfaceName is null);

    private static string Next(HashSet<string> taken, string prefix, int number)
    {
        while (taken.Contains($"{prefix}{number}"))
        {
            number++;
        }

        return $"{prefix}{number}";
    }
}
