/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* The wheels of PyPI for Linux depend on nvidia-cublas-cu12, nvidia-cudnn-cu12
 * and a dozen more; the driver alone comes from the host. */
const struct catalog_tool catalog_cuda = {
	.name = "cuda",
	.runtimes = RUNTIMES(
		{ .what = "CUDA and its libraries",
		  .images = "nvidia/cuda nvcr.io/nvidia/cuda",
		  .tags = "runtime devel",
		  .wheels = "torch torchvision torchaudio vllm "
			    "tensorflow[and-cuda] jax[cuda12] jax[cuda13] "
			    "jax[cuda] nvidia-cudnn-cu11 nvidia-cudnn-cu12 "
			    "nvidia-cudnn-cu13 nvidia-cublas-cu11 "
			    "nvidia-cublas-cu12 nvidia-cublas",
		  .without = "/whl/cpu +cpu",
		  .wanted_by = "nvcc onnxruntime onnxruntime-gpu tensorrt "
			       "TensorRT libnvinfer cupy faiss ctranslate2 "
			       "faster-whisper llama_cpp llama-cpp-python "
			       "CMAKE_ARGS FORCE_CUDA TORCH_CUDA_ARCH_LIST",
		  .built_by = "CUDA_HOME cmake make ninja gcc setup.py flash "
			      "apex deepspeed xformers detectron2 mmcv "
			      "pytorch3d build-essential git+https",
		  .remedy = "take the base tag (nvidia/cuda:VERSION-base-...), "
			    "or a plain system: the driver comes from the "
			    "host" },
		{ .what = "PyTorch",
		  .images = "pytorch/pytorch",
		  .wheels = "torch",
		  .remedy = "take the tag of the version that is wanted, or a "
			    "base without it" },
		{ .what = "TensorFlow",
		  .images = "tensorflow/tensorflow",
		  .wheels = "tensorflow tensorflow-gpu tensorflow[and-cuda]",
		  .remedy = "take the tag of the version that is wanted, or a "
			    "base without it" }),
};
