using System.Text;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>Two answers side by side, for people.</summary>
internal static class LineDifference
{
    /// <summary>The lines that only one of them has, in order; what both have is left out.</summary>
    public static string Of(IReadOnlyList<string> docker, IReadOnlyList<string> netctl)
    {
        int[,] common = Common(docker, netctl);
        var text = new StringBuilder();
        for (int d = 0, n = 0; d < docker.Count || n < netctl.Count;)
        {
            if (d < docker.Count && n < netctl.Count && docker[d] == netctl[n])
            {
                (d, n) = (d + 1, n + 1);
            }
            else if (n == netctl.Count || (d < docker.Count && common[d + 1, n] >= common[d, n + 1]))
            {
                text.Append($"  Docker: {docker[d++]}\n");
            }
            else
            {
                text.Append($"  netctl: {netctl[n++]}\n");
            }
        }

        return text.ToString();
    }

    // How many lines the rest of one, from a line on, has in common with the rest of the other, in order.
    private static int[,] Common(IReadOnlyList<string> docker, IReadOnlyList<string> netctl)
    {
        int[,] common = new int[docker.Count + 1, netctl.Count + 1];
        for (int d = docker.Count - 1; d >= 0; d--)
        {
            for (int n = netctl.Count - 1; n >= 0; n--)
            {
                common[d, n] = docker[d] == netctl[n] ? common[d + 1, n + 1] + 1 : Math.Max(common[d + 1, n], common[d, n + 1]);
            }
        }

        return common;
    }
}
