using System.Net;
using Net.Labs.Lessons.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Lessons;

/// <summary>What contradicts itself in a lab that is written in the right form.</summary>
internal static class LabRules
{
    /// <summary>Refuses a lab that cannot be.</summary>
    public static void Check(Lab lab, Fields fields)
    {
        if (lab.Steps.Count == 0)
        {
            throw fields.Fault("steps", "there is no step: give at least one, with task or look");
        }

        RefuseSharedAddresses(lab);
        if (lab.Steps.GroupBy(step => step.Title).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new FileFaultException(
                twice.Last().Place,
                $"two steps are called \"{twice.Key}\", the other at {twice.First().Place}: give each a title of its own");
        }

        if (lab.Hosts.FirstOrDefault(host => host.Name == LabReader.SwitchName) is { } reserved)
        {
            throw new FileFaultException(reserved.Place, $"\"{reserved.Name}\" is the name of what joins the hosts: give the host another");
        }

        if (lab.Hosts.FirstOrDefault(host => lab.Links.Any(link => link.Name == host.Name)) is { } shared)
        {
            throw new FileFaultException(shared.Place, $"a host and a link are called \"{shared.Name}\": rename one of them");
        }

        // What runs in a container is run by the daemon of its host.
        LabCommand[] setup = [.. lab.Hosts.SelectMany(host => host.Setup)];
        if (setup.FirstOrDefault(command => command.Container is not null) is { } early)
        {
            throw new FileFaultException(
                early.Place, $"in: {early.Container}: there are no containers before the daemon starts: use faults, or a step");
        }

        LabCommand? lost = lab.Steps.SelectMany(step => step.Commands.Concat(step.Checks)).Concat(lab.Faults).FirstOrDefault(
            command => command.Container is not null && !lab.Hosts.First(host => host.Name == command.Host).HasDaemon);
        if (lost is not null)
        {
            throw new FileFaultException(
                lost.Place, $"in: {lost.Container}: the host {lost.Host} has no daemon, so no containers: name another host with on");
        }
    }

    private static void RefuseSharedAddresses(Lab lab)
    {
        foreach (LabLink link in lab.Links)
        {
            var seen = new Dictionary<IPAddress, string>();
            foreach (LabLinkEnd end in link.Ends)
            {
                foreach (string address in end.Addresses)
                {
                    if (!seen.TryAdd(IPAddress.Parse(address.Split('/')[0]), end.Host))
                    {
                        throw new FileFaultException(
                            end.Place, $"x-netlab.links.{link.Name}: {address} is {seen[IPAddress.Parse(address.Split('/')[0])]}'s too: "
                                + "give each host an address of its own");
                    }
                }
            }
        }
    }
}
