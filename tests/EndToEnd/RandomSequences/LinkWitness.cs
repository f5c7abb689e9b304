using System.Globalization;
using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Compares what containers know of each other on the default network: the lines of /etc/hosts, the variables of links and, where
/// containers do not reach each other, the rules that let those with links through.</summary>
internal sealed partial class LinkWitness(TestHost host, Model model, HostView view)
{
    /// <summary>Demands that all lines and rules are what the model says.</summary>
    public void Check()
    {
        foreach (ModelContainer container in model.Running.Where(c => c.Source == StackSource.Networks))
        {
            Assert.Equal(LinesOf(container), view.Inside[container.Name].HostsLines);
        }

        foreach (ModelContainer sharer in model.Running.Where(c => c.Source == StackSource.Container && model.Shares(c)))
        {
            Assert.Equal(LinesOf(sharer.Other!), view.Inside[sharer.Name].HostsLines);
        }

        Assert.Equal(Passes().Distinct().Order(), Element().Matches(view.Rules).Select(match => match.Value).Order());
    }

    /// <summary>Demands that a command that is run in a container with links has their variables, in Docker's order.</summary>
    public void CheckVariables(ModelContainer container)
    {
        string[] variables = host.NetctlOk("exec", container.Name, "env").Split('\n');
        Assert.Equal(VariablesOf(container), variables.Where(variable => LinkVariable().IsMatch(variable)));
    }

    private IEnumerable<ModelLink> LiveLinksOf(ModelContainer container) =>
        container.IsOn(model.Default) ? container.Links.Where(link => model.LeadsSomewhere(link.Target)) : [];

    private IEnumerable<string> LinesOf(ModelContainer container) =>
        (from link in LiveLinksOf(container)
         from address in view.AddressesOf(link.Target, model.Default)
         select $"{address}\t{link.Alias} {view.HostNameOf(link.Target)} {link.Target.Name}")
        .Concat(
            from membership in container.Memberships
            from address in view.AddressesOf(container, membership.Network)
            select $"{address}\t{view.HostNameOf(container)}");

    private IEnumerable<string> VariablesOf(ModelContainer container)
    {
        foreach (ModelLink link in LiveLinksOf(container))
        {
            string prefix = link.Alias.ToUpperInvariant().Replace('-', '_');
            string address = view.AddressesOf(link.Target, model.Default)[0];
            if (link.Target.Port is not null)
            {
                yield return $"{prefix}_PORT=tcp://{address}:80";
                yield return $"{prefix}_PORT_80_TCP=tcp://{address}:80";
                yield return $"{prefix}_PORT_80_TCP_ADDR={address}";
                yield return $"{prefix}_PORT_80_TCP_PORT=80";
                yield return $"{prefix}_PORT_80_TCP_PROTO=tcp";
            }

            yield return $"{prefix}_NAME=/{container.Name}/{link.Alias}";
        }
    }

    // Who may reach whom by a link although containers on the default network do not reach each other.
    private IEnumerable<string> Passes() =>
        from container in model.IsOpen ? [] : model.Running
        from link in LiveLinksOf(container)
        where link.Target.Port is not null
        from pair in view.AddressesOf(container, model.Default).Zip(view.AddressesOf(link.Target, model.Default))
        select string.Create(CultureInfo.InvariantCulture, $"{pair.First} . {pair.Second} . tcp . 80");

    // An element of the sets for links, as nft prints it.
    [GeneratedRegex(@"[0-9a-f.:]+ \. [0-9a-f.:]+ \. tcp \. 80\b")]
    private static partial Regex Element();

    [GeneratedRegex("^L[0-9]_[0-9]_")]
    private static partial Regex LinkVariable();
}
