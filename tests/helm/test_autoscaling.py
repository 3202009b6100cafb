"""As many render workers as are wanted: by KEDA, or by a HorizontalPodAutoscaler."""

from tests.helm.chart import NEEDS_HELM, SITE, Rendered, rendered

pytestmark = [NEEDS_HELM]


def test_keda_asks_the_api_itself_for_wanted_slots_and_divides_by_those_of_a_worker():
    (scaled,) = (
        Rendered(SITE | {"renderWorker": {"slots": 4, "autoscaling": {"type": "keda"}}})
        .of_kind("ScaledObject")
        .values()
    )
    (trigger,) = scaled["spec"]["triggers"]
    assert trigger["type"] == "metrics-api"
    assert trigger["metricType"] == "AverageValue"
    assert trigger["metadata"] == {
        "url": "http://xatra-api.maps:8000/metrics",
        "format": "prometheus",
        "valueLocation": "render_slots_wanted",
        "targetValue": "4",
    }


def test_keda_asks_prometheus_where_it_is_named():
    autoscaling = {"type": "keda", "prometheusUrl": "http://prometheus.monitoring:9090"}
    (scaled,) = Rendered(SITE | {"renderWorker": {"autoscaling": autoscaling}}).of_kind("ScaledObject").values()
    (trigger,) = scaled["spec"]["triggers"]
    assert trigger["type"] == "prometheus"
    assert trigger["metadata"]["query"] == 'max(render_slots_wanted{namespace="maps"})'


def test_an_autoscaler_of_the_clusters_own_divides_wanted_slots_too():
    (autoscaler,) = rendered("hpa").of_kind("HorizontalPodAutoscaler").values()
    (metric,) = autoscaler["spec"]["metrics"]
    assert metric["external"]["metric"]["name"] == "render_slots_wanted"
    assert metric["external"]["target"] == {"type": "AverageValue", "averageValue": "1"}
    assert autoscaler["spec"]["scaleTargetRef"]["name"] == "xatra-render-worker"


def test_whoever_scales_alone_says_how_many_there_are():
    for name in ("keda", "hpa"):
        assert "replicas" not in rendered(name).of_kind("Deployment")["render-worker"]["spec"], name


def test_there_are_more_at_once_and_fewer_only_when_that_has_lasted():
    (scaled,) = rendered("keda").of_kind("ScaledObject").values()
    keda = scaled["spec"]["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]
    (autoscaler,) = rendered("hpa").of_kind("HorizontalPodAutoscaler").values()
    assert keda == autoscaler["spec"]["behavior"]
    assert keda["scaleUp"]["stabilizationWindowSeconds"] == 0
    assert keda["scaleDown"]["stabilizationWindowSeconds"] == 300


def test_without_the_figure_workers_stay():
    (scaled,) = rendered("keda").of_kind("ScaledObject").values()
    assert scaled["spec"]["fallback"]["behavior"] == "currentReplicasIfHigher"
    assert scaled["spec"]["minReplicaCount"] >= 1
